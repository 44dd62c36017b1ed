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

type Rows = DetectionResult['rows'];

/** Rows as cards of their columns, so that wide rows need no sideways scroll. */
const RowCards = ({ title, rows }: { readonly title: string; readonly rows: Rows }) => (
  <Section
    title={title}
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

/** The rows that the detection returned when it first fired, and once it had seen most of the attack. */
export const FiredRows = ({ detection: { rows, laterRows = [] } }: { readonly detection: DetectionResult }) => (
  <>
    {rows.length > 0 && <RowCards title="Rows it returned" rows={rows} />}
    {laterRows.length > 0 && <RowCards title="Rows it returned once it had seen most of the attack" rows={laterRows} />}
  </>
);
