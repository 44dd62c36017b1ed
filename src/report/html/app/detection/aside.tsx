import type { Result } from '../../../../model/run-result.ts';
import type { DetectionResult } from '../../../../model/verdict.ts';
import { plural } from '../facts/format.ts';
import { Facts } from '../parts/facts.tsx';
import { Marks } from '../parts/marks.tsx';
import { markMeaning } from '../facts/words.ts';
import { Section } from '../parts/section.tsx';
import { Text } from '../text/text.tsx';
import { BlockerList } from './blocker-list.tsx';
import { ErrorList } from './error-list.tsx';
import { Phases } from './phases.tsx';

interface AsideProps {
  readonly result: Result;
  readonly detection: DetectionResult;
}

/** What is said of the detection beside its text. */
export const Aside = ({ result, detection }: AsideProps) => (
  <aside class="detection-aside">
    <ErrorList result={result} detection={detection} />
    <BlockerList result={result} detection={detection} />
    <Phases detection={detection} />
    <Section title="Detection">
      <Facts
        facts={[
          ['id', <Text of={detection.id} />],
          ['language', <Text of={detection.language} />],
          ['origin', detection.origin],
          ['file', <Text of={detection.file} />],
          ['sha-256', <Text of={detection.hash} />],
          ['executed', plural(detection.executions, 'time')],
        ]}
      />
    </Section>
    {detection.marks.length === 0 ? null : (
      <Section title="Rests on">
        <ul class="plain marks-list">
          {detection.marks.map((mark) => (
            <li>
              <Marks marks={[mark]} /> <span class="note">{markMeaning[mark]}</span>
            </li>
          ))}
        </ul>
      </Section>
    )}
  </aside>
);
