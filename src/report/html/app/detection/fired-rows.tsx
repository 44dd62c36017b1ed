import type { DetectionResult } from '../../../../model/verdict.ts';
import { plural } from '../facts/format.ts';
import { Section } from '../parts/section.tsx';
import { LongLine } from '../text/long-line.tsx';
import { Text } from '../text/text.tsx';

const most = 50;

/** A cell as text; null is said, not left blank. */
const cellText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const Cell = ({ value }: { readonly value: unknown }) =>
  value === null || value === undefined ? (
    <span class="null">null</span>
  ) : (
    <LongLine text={cellText(value)} limit={240} />
  );

/** The rows that the detection returned: few as cards of their columns, so that wide rows need no sideways scroll. */
export const FiredRows = ({ detection: { rows } }: { readonly detection: DetectionResult }) => {
  if (rows.length === 0) return null;
  return (
    <Section
      title="Rows it returned"
      note={rows.length > most ? `the first ${most} of ${plural(rows.length, 'row')}` : plural(rows.length, 'row')}
    >
      {rows.slice(0, most).map((row, index) => (
        <dl class="row-card" aria-label={`Row ${index + 1}`}>
          {Object.entries(row).map(([column, value]) => (
            <div>
              <dt>
                <Text of={column} />
              </dt>
              <dd>
                <Cell value={value} />
              </dd>
            </div>
          ))}
        </dl>
      ))}
    </Section>
  );
};
