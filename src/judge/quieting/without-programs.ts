import type { Detection } from '../../model/detection.ts';

export interface ChangedRule {
  readonly detection: Detection;
  /** The line that was added. */
  readonly change: string;
  /** The line of the query below which it stands. */
  readonly line: number;
}

const table = 'DeviceNetworkEvents';

/**
 * A query that leaves out programs by their whole path, which is harder to take than their name: one line below the table that it reads.
 * Null for a rule of another language or of other tables, which we know no such line for.
 */
export const withoutPrograms = (detection: Detection, programs: readonly string[]): ChangedRule | null => {
  if (detection.language !== 'kql' || programs.length === 0) return null;
  const lines = detection.text.split('\n');
  const at = lines.findIndex((line) => new RegExp(`^\\s*(let \\w+ =\\s*)?${table}\\s*$`).test(line));
  if (at < 0) return null;
  const paths = programs.map((path) => `@"${path.replaceAll('"', '""')}"`).join(', ');
  const change = `| where InitiatingProcessFolderPath !in~ (${paths})`;
  const text = [...lines.slice(0, at + 1), change, ...lines.slice(at + 1)].join('\n');
  return { detection: { ...detection, id: `${detection.id}+quieter`, text }, change, line: at + 1 };
};
