import { useReport } from '../report.ts';
import { filterRows } from '../filter/status-filter.ts';
import { Coverage } from './coverage.tsx';
import { Environment } from './environment.tsx';
import { Headline } from './headline.tsx';
import { Losses } from './losses.tsx';
import { MarksLegend } from './marks-legend.tsx';
import { ResultTable } from './result-table.tsx';
import { SearchBox } from './search-box.tsx';
import { StatusChips } from './status-chips.tsx';
import { UnmetList } from './unmet-list.tsx';
import { plural } from '../facts/format.ts';
import { Section } from '../parts/section.tsx';
import './overview.css';

export const Overview = () => {
  const { rows, address } = useReport();
  const shown = filterRows(rows, address.query);
  return (
    <>
      <Headline />
      <UnmetList />
      <Section
        title="Verdicts"
        note={
          <span role="status" class="shown-count">
            {address.query === ''
              ? plural(rows.length, 'verdict')
              : `${shown.length} of ${plural(rows.length, 'verdict')}`}
          </span>
        }
      >
        <div class="toolbar">
          <StatusChips />
          <SearchBox />
        </div>
        <ResultTable rows={shown} />
      </Section>
      <Coverage />
      <Losses />
      <div class="two-columns">
        <Environment />
        <MarksLegend />
      </div>
    </>
  );
};
