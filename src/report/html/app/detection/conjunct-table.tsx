import type { FunnelLine } from '../../../../model/verdict.ts';
import { count } from '../facts/format.ts';
import { LongLine } from '../text/long-line.tsx';

const orUnknown = (value: number | undefined): string => (value === undefined ? '–' : count(value));

/** The conditions of one stage: rows that pass each in order, alone, and with all the others. */
export const ConjunctTable = ({ conjuncts }: { readonly conjuncts: readonly FunnelLine[] }) => (
  <div class="near-box">
    <table class="near conjuncts">
      <thead>
        <tr>
          <th scope="col">Condition</th>
          <th scope="col">In order</th>
          <th scope="col">Alone</th>
          <th scope="col" title="Rows that pass all the other conditions">
            All others
          </th>
        </tr>
      </thead>
      <tbody>
        {conjuncts.map((conjunct) => (
          <tr key={conjunct.id} class={conjunct.rowsIn > 0 && conjunct.rows === 0 ? 'blocked' : undefined}>
            <td>
              <LongLine text={conjunct.clause} limit={300} />
            </td>
            <td>{count(conjunct.rows)}</td>
            <td>{orUnknown(conjunct.alone)}</td>
            <td>{orUnknown(conjunct.withOthers)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
