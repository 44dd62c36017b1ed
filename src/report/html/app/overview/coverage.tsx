import type { TechniqueCoverage } from '../../../../model/run-result.ts';
import { coverageMeaning } from '../facts/words.ts';
import { Section } from '../parts/section.tsx';
import { formatHash } from '../routing/hash.ts';
import { useReport } from '../report.ts';
import { Text } from '../text/text.tsx';
import './coverage.css';

const Tally = ({ of: { fired, tried } }: { readonly of: TechniqueCoverage }) => (
  <span class="tally">
    <b>
      {fired} of {tried}
    </b>{' '}
    <meter
      min={0}
      max={Math.max(tried, 1)}
      value={fired}
      aria-label={`${fired} of ${tried} tests set a detection off`}
    />
  </span>
);

/** What the run says of techniques: always with its denominator, never from a tag. */
export const Coverage = () => {
  const { run, address } = useReport();
  return (
    <Section
      title="Techniques"
      note={
        <>
          ATT&CK <Text of={run.attack.version} />; tests that set a detection off, of tests tried
        </>
      }
    >
      {run.coverage.length === 0 ? <p class="empty">No technique was judged.</p> : null}
      <ul class="coverage">
        {run.coverage.map((technique) => (
          <li>
            <a class="mono" href={formatHash({ ...address, query: `t:${technique.technique}` })}>
              <Text of={technique.technique} />
            </a>
            <span class="coverage-name">
              <Text of={technique.name} />
              {technique.inferential ? (
                <span
                  class="tag"
                  title="The technique itself happens outside; it is judged by the behavior that stands for it."
                >
                  inferential
                </span>
              ) : null}
            </span>
            <Tally of={technique} />
            <span class={`coverage-status c-${technique.status}`}>
              <b>{technique.status}</b> {coverageMeaning[technique.status]}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
};
