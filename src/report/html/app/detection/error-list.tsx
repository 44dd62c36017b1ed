import type { Result } from '../../../../model/run-result.ts';
import type { DetectionResult } from '../../../../model/verdict.ts';
import { Link } from '../parts/link.tsx';
import { Section } from '../parts/section.tsx';
import { routeTo } from '../report.ts';
import { LongLine } from '../text/long-line.tsx';
import { Text } from '../text/text.tsx';

interface ErrorListProps {
  readonly result: Result;
  readonly detection: DetectionResult;
}

/** What the platform says of the text, each with a step to its line. */
export const ErrorList = ({ result, detection }: ErrorListProps) =>
  detection.diagnostics.length === 0 ? null : (
    <Section title="What its platform says">
      <ol class="blocker-list">
        {detection.diagnostics.map((diagnostic) => (
          <li>
            <span class={`blocker-number ${diagnostic.severity}`} aria-hidden="true">
              !
            </span>
            <div>
              <code>
                <Text of={diagnostic.code} />
              </code>
              <p class="note">
                <LongLine text={diagnostic.message} limit={300} />
              </p>
              {diagnostic.place === undefined ? null : (
                <Link to={routeTo.detection(result, detection.id)} line={diagnostic.place.line}>
                  line {diagnostic.place.line}, column {diagnostic.place.column}
                </Link>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
