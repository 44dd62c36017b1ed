import { moment } from '../facts/format.ts';
import { Facts, type Fact } from '../parts/facts.tsx';
import { Section } from '../parts/section.tsx';
import { useReport } from '../report.ts';
import { LongLine } from '../text/long-line.tsx';
import { Text } from '../text/text.tsx';

export const Environment = () => {
  const { run } = useReport();
  const facts: readonly Fact[] = [
    ['run', <Text of={run.runId} />],
    ['scenario', <Text of={run.scenario.file} />],
    ['driver', <Text of={run.driver} />],
    ['started', moment(run.startedAt)],
    ['finished', moment(run.finishedAt)],
    ...Object.entries(run.environment).map(([name, value]): Fact => [
      <Text of={name} />,
      <LongLine text={value} limit={300} />,
    ]),
  ];
  return (
    <Section title="Environment">
      <Facts facts={facts} />
    </Section>
  );
};
