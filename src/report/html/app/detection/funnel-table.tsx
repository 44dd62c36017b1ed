import type { FunnelLine } from '../../../../model/verdict.ts';
import { count } from '../facts/format.ts';
import { LongLine } from '../text/long-line.tsx';

/** The funnel as a plain table, for clauses that cannot be shown at their line. */
export const FunnelTable = ({ funnel }: { readonly funnel: readonly FunnelLine[] }) =>
  funnel.length === 0 ? (
    <p class="empty">Nothing ran.</p>
  ) : (
    <table class="plain-table">
      <thead>
        <tr>
          <th scope="col">Clause</th>
          <th scope="col">Rows in</th>
          <th scope="col">Rows out</th>
        </tr>
      </thead>
      <tbody>
        {funnel.map((line) => (
          <tr key={line.id}>
            <td class={line.kind === 'conjunct' ? 'mono conjunct' : 'mono'}>
              <LongLine text={line.clause} limit={300} />
            </td>
            <td>{count(line.rowsIn)}</td>
            <td>{count(line.rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
