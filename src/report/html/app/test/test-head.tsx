import type { Result } from '../../../../model/run-result.ts';
import { Link } from '../parts/link.tsx';
import { Marks } from '../parts/marks.tsx';
import { Siblings } from '../parts/siblings.tsx';
import { routeTo, useReport } from '../report.ts';
import { LongLine } from '../text/long-line.tsx';
import { Text } from '../text/text.tsx';

/** Other variants of the same atomic, to step through. */
const variantsOf = (results: readonly Result[], { atomic }: Result): readonly Result[] =>
  results.filter((other) => other.atomic.guid === atomic.guid);

export const TestHead = ({ result }: { readonly result: Result }) => {
  const { run } = useReport();
  const { executed } = result;
  return (
    <div class="page-head">
      <nav aria-label="Where you are" class="crumbs">
        <Link to={routeTo.overview}>Overview</Link> <span aria-hidden="true">/</span> <Text of={result.technique} />{' '}
        test {result.atomic.number}
      </nav>
      <h1 tabIndex={-1}>
        <Text of={result.variant} />
      </h1>
      <p class="lead">
        <Text of={result.atomic.name} />
      </p>
      <p class="description">
        <LongLine text={result.description} />
      </p>
      <p class="meta">
        {executed.status === 'executed' ? (
          <span>executed, exit code {executed.exitCode ?? 'unknown'}</span>
        ) : (
          <span class="trouble">
            not run: <Text of={executed.reason} />
          </span>
        )}
        <span>{result.scope}</span>
        <span class="marks">
          <Marks marks={result.marks} />
        </span>
      </p>
      <Siblings
        label="Variants of this test"
        items={variantsOf(run.results, result).map((other) => ({
          key: other.key,
          name: other.variant,
          to: routeTo.test(other),
          current: other === result,
          verdict: null,
        }))}
      />
    </div>
  );
};
