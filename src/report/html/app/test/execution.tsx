import type { Result } from '../../../../model/run-result.ts';
import { between, moment } from '../facts/format.ts';
import { Facts, type Fact } from '../parts/facts.tsx';
import { LongLine } from '../text/long-line.tsx';
import { LongText } from '../text/long-text.tsx';
import { Text } from '../text/text.tsx';

const timesOf = ({ executed: { startedAt, finishedAt } }: Result): readonly Fact[] => [
  ['started', startedAt === null ? 'never' : moment(startedAt)],
  ...(startedAt === null || finishedAt === null ? [] : [['took', between(startedAt, finishedAt)] as const]),
];

const factsOf = (result: Result): readonly Fact[] => [
  ['outcome', <Text of={result.executed.reason} />],
  ...(result.executed.detail === ''
    ? []
    : [['detail', <LongLine text={result.executed.detail} limit={400} />] as const]),
  ['exit code', result.executed.exitCode ?? 'none'],
  ...timesOf(result),
  ['persona', result.persona],
  ...Object.entries(result.hosts).map(([role, host]): Fact => [<Text of={role} />, <Text of={host} />]),
  ['atomic', <Text of={result.atomic.file} />],
  ['guid', <Text of={result.atomic.guid} />],
];

/** The command as it was run, its inputs put in. */
export const Execution = ({ result }: { readonly result: Result }) => (
  <div class="execution">
    <div>
      <h3>Command</h3>
      <LongText text={result.command} label="Command" />
    </div>
    <div>
      <h3>Facts</h3>
      <Facts facts={factsOf(result)} />
      {Object.keys(result.inputs).length === 0 ? null : (
        <>
          <h3>Inputs</h3>
          <Facts
            facts={Object.entries(result.inputs).map(([name, value]): Fact => [
              <Text of={name} />,
              <LongLine text={value} limit={300} />,
            ])}
          />
        </>
      )}
    </div>
  </div>
);
