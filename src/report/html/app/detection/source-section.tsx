import type { DetectionResult } from '../../../../model/verdict.ts';
import { count } from '../facts/format.ts';
import { Section } from '../parts/section.tsx';
import { useReport } from '../report.ts';
import { sourceOf } from '../source/source-lines.ts';
import { Text } from '../text/text.tsx';
import { FunnelTable } from './funnel-table.tsx';
import { SourceTable } from './source-table.tsx';
import './source.css';

/** The detection's own text with the funnel beside it. */
export const SourceSection = ({ detection }: { readonly detection: DetectionResult }) => {
  const text = useReport().run.sources[detection.file];
  if (text === undefined) {
    return (
      <Section title="Rows, stage by stage" note="the run does not hold the detection’s text">
        <FunnelTable funnel={detection.funnel} />
      </Section>
    );
  }
  const source = sourceOf(detection, text);
  const unplaced = source.unplaced.filter((item) => 'stage' in item);
  return (
    <Section
      title={detection.funnel.length === 0 ? 'The query' : 'The query and its rows'}
      note={
        detection.funnel.length === 0 ? (
          <Text of={detection.file} />
        ) : (
          <>
            <Text of={detection.file} /> · rows in → out at each clause; widths are logarithmic, {count(source.most)} at
            most
          </>
        )
      }
    >
      <SourceTable source={source} hasFunnel={detection.funnel.length > 0} />
      {unplaced.length === 0 ? null : (
        <>
          <h3>Stages that stand nowhere in this file</h3>
          <FunnelTable funnel={unplaced} />
        </>
      )}
    </Section>
  );
};
