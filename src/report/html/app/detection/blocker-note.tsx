import type { NearRow } from '../../../../model/verdict.ts';
import { count } from '../facts/format.ts';
import type { NumberedBlocker } from '../source/source-lines.ts';
import { LongLine } from '../text/long-line.tsx';
import { Text } from '../text/text.tsx';

/** The rows that came close. */
const NearTable = ({ near }: { readonly near: readonly NearRow[] }) => (
  <div class="near-box">
    <table class="near">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Wanted</th>
          <th scope="col">Got</th>
          <th scope="col">Rows</th>
        </tr>
      </thead>
      <tbody>
        {near.map((row) => (
          <tr>
            <td>
              <Text of={row.column} />
            </td>
            <td>
              <LongLine text={row.wanted} limit={200} />
            </td>
            <td class="got">
              <LongLine text={row.got} limit={200} />
            </td>
            <td>{count(row.rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Why no row passes a clause, at the clause. */
export const BlockerNote = ({ of: { number, blocker } }: { readonly of: NumberedBlocker }) => (
  <div class="blocker-note">
    <p>
      <span class="blocker-number" aria-hidden="true">
        {number}
      </span>
      <b>Blocks here.</b> <LongLine text={blocker.summary} limit={400} />
    </p>
    {blocker.near.length === 0 ? null : <NearTable near={blocker.near} />}
  </div>
);
