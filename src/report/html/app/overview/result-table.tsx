import { useState } from 'preact/hooks';
import { plural } from '../facts/format.ts';
import { worstFirst } from '../facts/order.ts';
import type { Row } from '../filter/row.ts';
import { useReport } from '../report.ts';
import { ResultGroupRows } from './result-group.tsx';
import './result-table.css';

/** Tests that are drawn at once: a browser is slow with tens of thousands of rows. */
const page = 100;

/** Tests × detections, worst first. */
export const ResultTable = ({ rows }: { readonly rows: readonly Row[] }) => {
  const { change } = useReport();
  const [shown, setShown] = useState(page);
  const groups = worstFirst(rows);
  if (rows.length === 0) {
    return (
      <p class="empty">
        No verdict passes the filter.{' '}
        <button type="button" onClick={() => change({ query: '' })}>
          Show all
        </button>
      </p>
    );
  }
  return (
    <>
      <table class="results">
        <caption class="for-readers">Tests and the verdicts of their detections, worst first</caption>
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col">Verdict</th>
            <th scope="col">Detection and why</th>
            <th scope="col" class="funnel-head">
              Rows, stage by stage
            </th>
          </tr>
        </thead>
        {groups.slice(0, shown).map((group) => (
          <ResultGroupRows key={group.result.key} group={group} />
        ))}
      </table>
      {groups.length <= shown ? null : (
        <p class="more">
          {plural(groups.length - shown, 'more test')}{' '}
          <button type="button" onClick={() => setShown(shown + page)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
};
