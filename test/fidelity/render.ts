import type { FieldResult } from './compare.ts';

export interface Checked {
  readonly table: string;
  readonly samples: number;
  readonly isVerified: boolean;
  readonly results: readonly FieldResult[];
}

const count = ({ results }: Checked, verdict: FieldResult['verdict']): number =>
  results.filter((result) => result.verdict === verdict).length;

const reasons = ({ table, results }: Checked): string => {
  const byReason = Map.groupBy(
    results.filter(({ verdict }) => verdict === 'null'),
    ({ detail }) => detail,
  );
  return [...byReason]
    .map(([because, fields]) => `| ${table} | ${fields.map(({ field }) => `\`${field}\``).join(', ')} | ${because} |\n`)
    .join('');
};

/** `docs/fidelity.md`. */
export const renderFidelity = (checked: readonly Checked[]): string => {
  const verified = checked.filter(({ isVerified }) => isVerified);
  const others = checked.filter(({ isVerified }) => !isVerified);
  return `# How true the emulated logs are

Made by \`test/lab/fidelity.test.ts\`, which fails when it is no longer so. A drill leaves every record that a Windows host of the lab can
leave; its rows are held against real recordings, field by field: what those fill must be filled here in a form that they have
(a time, a GUID, a hexadecimal number, a path …), or be declared null with a reason.

| table | real samples | fields they fill | same form here | null here |
| --- | ---: | ---: | ---: | ---: |
${verified.map((one) => `| ${one.table} | ${one.samples} | ${one.results.length} | ${count(one, 'same')} | ${count(one, 'null')} |\n`).join('')}
## Unverified

Of these no real sample was at hand. They are held against the schema: every column is filled, or null for a reason.

| table | columns | filled | null here |
| --- | ---: | ---: | ---: |
${others.map((one) => `| ${one.table} | ${one.results.length} | ${count(one, 'same')} | ${count(one, 'null')} |\n`).join('')}
## What is null, and why

| table | fields | because |
| --- | --- | --- |
${checked.map(reasons).join('')}`;
};
