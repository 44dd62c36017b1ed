import { unmetOf, type Unmet } from '../facts/expectations.ts';
import { Link } from '../parts/link.tsx';
import { Section } from '../parts/section.tsx';
import { routeTo, useReport } from '../report.ts';
import { LongLine } from '../text/long-line.tsx';
import { Text } from '../text/text.tsx';

const UnmetItem = ({ of }: { readonly of: Unmet }) => (
  <li>
    <p class="unmet-title">
      <Link to={of.kind === 'detection' ? routeTo.detection(of.result, of.id) : routeTo.test(of.result)}>
        <Text of={of.title} />
      </Link>{' '}
      on <Text of={of.result.variant} />
    </p>
    <p class="unmet-fact">
      {of.kind} is <b>{of.verdict}</b>
      {of.expected === null ? (
        ', and nothing of it was expected'
      ) : (
        <>
          , expected <b>{of.expected}</b>
        </>
      )}
    </p>
    {of.why === '' ? null : (
      <p class="unmet-why">
        {of.clause === null ? null : (
          <code class="clause">
            <LongLine text={of.clause} limit={200} />
          </code>
        )}
        <LongLine text={of.why} limit={400} />
      </p>
    )}
  </li>
);

/** What the run must not hide: first on the page, whatever the filter says. */
export const UnmetList = () => {
  const unmet = unmetOf(useReport().run);
  if (unmet.length === 0) return null;
  return (
    <Section title="Unmet expectations" class="unmet-list">
      <ol>
        {unmet.map((item) => (
          <UnmetItem of={item} />
        ))}
      </ol>
    </Section>
  );
};
