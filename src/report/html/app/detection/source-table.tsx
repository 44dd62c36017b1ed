import { useEffect, useRef } from 'preact/hooks';
import { useReport } from '../report.ts';
import type { Source } from '../source/source-lines.ts';
import { CodeLine } from './code-line.tsx';
import { LineNotes } from './line-notes.tsx';

interface SourceTableProps {
  readonly source: Source;
  readonly hasFunnel: boolean;
}

/** Line by line: rows in and out, the river, the line's number, its text; under it what is said of it. */
export const SourceTable = ({ source, hasFunnel }: SourceTableProps) => {
  const { line } = useReport().address;
  const table = useRef<HTMLTableElement>(null);

  useEffect(() => {
    const target = line === null ? null : table.current?.querySelector<HTMLElement>(`[data-line="${line}"]`);
    target?.scrollIntoView({ block: 'center' });
    target?.focus({ preventScroll: true });
  }, [line]);

  return (
    <table class={hasFunnel ? 'source with-funnel' : 'source'} ref={table}>
      <caption class="for-readers">The detection’s text, with the rows that enter and leave each clause</caption>
      <colgroup>
        {hasFunnel ? (
          <>
            <col class="rows" />
            <col class="river" />
          </>
        ) : null}
        <col class="number" />
        <col />
      </colgroup>
      <thead class="for-readers">
        <tr>
          {hasFunnel ? (
            <>
              <th scope="col">Rows</th>
              <th scope="col">River</th>
            </>
          ) : null}
          <th scope="col">Line</th>
          <th scope="col">Text</th>
        </tr>
      </thead>
      <tbody>
        {source.lines.map((own) => (
          <>
            <CodeLine line={own} most={source.most} hasFunnel={hasFunnel} targeted={own.number === line} />
            <LineNotes line={own} most={source.most} hasFunnel={hasFunnel} />
          </>
        ))}
      </tbody>
    </table>
  );
};
