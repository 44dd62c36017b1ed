import type { SignalResult } from '../../../../model/verdict.ts';
import { Expectation } from '../parts/expectation.tsx';
import { Marks } from '../parts/marks.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { LongLine } from '../text/long-line.tsx';
import { Text } from '../text/text.tsx';

const SignalRow = ({ signal }: { readonly signal: SignalResult }) => (
  <tr>
    <td class="verdict-cell">
      <Verdict of={signal.verdict} />
      <Expectation met={signal.met} expected={signal.expected} />
    </td>
    <td>
      <p class="detection-name">
        <b>
          <Text of={signal.id} />
        </b>{' '}
        <span class="tag">
          <Text of={signal.table} />
        </span>
      </p>
      <p class="why">
        <LongLine text={signal.description} limit={300} />
      </p>
    </td>
    <td data-label="Wanted">
      <LongLine text={signal.want} limit={300} />
    </td>
    <td data-label="Got">
      <LongLine text={signal.got} limit={300} />
    </td>
    <td>
      <Marks marks={signal.marks} />
    </td>
  </tr>
);

export const SignalTable = ({ signals }: { readonly signals: readonly SignalResult[] }) =>
  signals.length === 0 ? (
    <p class="empty">No signal is declared for this test.</p>
  ) : (
    <table class="results signals">
      <thead>
        <tr>
          <th scope="col">Verdict</th>
          <th scope="col">Signal</th>
          <th scope="col">Wanted</th>
          <th scope="col">Got</th>
          <th scope="col">Marks</th>
        </tr>
      </thead>
      <tbody>
        {signals.map((signal) => (
          <SignalRow key={signal.id} signal={signal} />
        ))}
      </tbody>
    </table>
  );
