import { between, moment, plural } from '../facts/format.ts';
import { expectationCount, unmetOf } from '../facts/expectations.ts';
import { exitMeaning } from '../facts/words.ts';
import { useReport } from '../report.ts';
import { LongLine } from '../text/long-line.tsx';
import { Text } from '../text/text.tsx';

const Outcome = () => {
  const { run } = useReport();
  const all = expectationCount(run);
  const unmet = unmetOf(run).length;
  return (
    <div class={`outcome ${unmet > 0 || run.exitCode !== 0 ? 'bad' : 'good'}`}>
      <p class="outcome-figure">
        <b>{all - Math.min(unmet, all)}</b>
        <span> of {plural(all, 'expectation')} met</span>
      </p>
      <p class="outcome-exit">
        Exit code <b>{run.exitCode}</b>: {exitMeaning(run.exitCode)}
      </p>
    </div>
  );
};

export const Headline = () => {
  const { run } = useReport();
  return (
    <div class="headline">
      <div>
        <p class="eyebrow">
          Scenario <Text of={run.scenario.id} />
        </p>
        <h1 tabIndex={-1}>
          <Text of={run.scenario.name} />
        </h1>
        <p class="lead">
          <LongLine text={run.scenario.description} />
        </p>
        <p class="meta">
          <span>{moment(run.startedAt)}</span>
          <span>{between(run.startedAt, run.finishedAt)}</span>
          <span>{plural(run.results.length, 'test')}</span>
          <span>
            <Text of={run.driver} /> driver
          </span>
        </p>
      </div>
      <Outcome />
    </div>
  );
};
