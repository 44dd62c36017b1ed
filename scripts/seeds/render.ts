import { mdCode, mdTable, mdText } from '../../src/report/markdown/escape.ts';
import type { Claim, Claims } from './claims.ts';
import type { Facts } from './facts.ts';
import { observedAt, outcomeOf } from './outcome.ts';

/** `docs/seeds.md`. */
export const renderSeeds = (claims: Claims, facts: Facts): string =>
  `${[
    '# The seeds, judged',
    'Made by `node scripts/build-seeds.ts RUN…` from runs of the scenarios `seeds`, `effective`, `benign`, `identity`, `t1583-003` and `t1584-003`, and from ' +
      '[seeds.yaml](seeds.yaml), which names every claim and how it is tried. What the runs said is kept in [seeds.json](seeds.json); a test ' +
      'holds this page to both, and both to the scenarios.',
    '## Tests and detections',
    'As published, no query compiles, whatever the test; each reason is in the last table of this part. `maintained` is the smallest edit ' +
      'that compiles, unless it says otherwise. A detection that no change of a test can make fire, since it reads nothing of what the test does, is left as it is.',
    ...claims.tests.flatMap((test) => testPart(test, facts)),
    '### As published',
    publishedTable(claims, facts),
    '## Expected signals',
    mdTable(
      ['Test', 'The documentation expects', 'Signal', 'Seen', 'Why'],
      claims.tests.flatMap((test) => signalRows(test, facts)),
    ),
    '## Claims and branches',
    '`holds`: run, and as said. `untrue`: run or read, and otherwise. `unreachable`: no data can lead there. `untested`: nothing here can tell. `not run yet`: a scenario has it, and no run of it is kept.',
    ...claims.sections.flatMap(({ title, claims: list }) => [
      `### ${title}`,
      mdTable(
        ['Claim', 'What the seeds say', 'Outcome', 'How'],
        list.map((claim) => claimRow(claim, facts)),
      ),
    ]),
  ].join('\n\n')}\n`;

type Test = Claims['tests'][number];

const isPublished = (id: string): boolean => id.endsWith('-published');

const testPart = ({ test, documented, changed }: Test, facts: Facts): readonly string[] => {
  const before = facts[documented.scenario]?.[documented.variant]?.detections ?? {};
  const after = facts[changed.scenario]?.[changed.variant]?.detections;
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after ?? {})])]
    .filter((id) => !isPublished(id))
    .sort();
  return [
    `### ${test}`,
    `Documented: ${mdCode(`${documented.scenario}/${documented.variant}`)}. Changed (${mdCode(`${changed.scenario}/${changed.variant}`)}): ${mdText(changed.change)}.`,
    mdTable(
      ['Detection', 'As documented', 'Why', 'Changed', 'Start offsets'],
      ids.map((id) => [
        mdCode(id),
        before[id]?.verdict ?? '',
        mdText(short(before[id]?.why ?? '')),
        after === undefined ? 'not run yet' : (after[id]?.verdict ?? ''),
        after?.[id]?.phases ?? '',
      ]),
    ),
  ];
};

const publishedTable = ({ tests }: Claims, facts: Facts): string => {
  const found = new Map(
    tests.flatMap(({ documented: { scenario, variant } }) =>
      Object.entries(facts[scenario]?.[variant]?.detections ?? {}).filter(([id]) => isPublished(id)),
    ),
  );
  return mdTable(
    ['Detection', 'Verdict', 'Why'],
    [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, { verdict, why }]) => [mdCode(id), verdict, mdText(why)]),
  );
};

const signalRows = ({ test, documented: { scenario, variant }, signals }: Test, facts: Facts) =>
  signals.map(({ says, signal, because }) => {
    const found = signal === undefined ? undefined : facts[scenario]?.[variant]?.signals[signal];
    if (signal !== undefined && found === undefined) throw new Error(`no run has signal ${signal} of ${test}`);
    return [
      test,
      mdText(says),
      signal === undefined ? '' : mdCode(signal),
      found === undefined ? 'not true of the product' : `${found.verdict} (${mdText(found.got)})`,
      mdText(because ?? ''),
    ];
  });

const claimRow = (claim: Claim, facts: Facts): readonly string[] => [
  mdCode(claim.id),
  mdText(claim.says),
  `**${outcomeOf(claim, facts)}**`,
  [howOf(claim, facts), claim.untested ?? '', claim.because ?? '']
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('`') ? part : mdText(part)))
    .join('. '),
];

const howOf = ({ tried, read }: Claim, facts: Facts): string =>
  read === undefined
    ? (tried ?? [])
        .map(
          (one) =>
            `${mdCode(`${one.scenario}/${one.variant}`)} ${mdCode(one.detection ?? one.signal ?? '')}: ${observedAt(one, facts)?.verdict ?? 'not run yet'}${rowOf(one.row)}`,
        )
        .join('; ')
    : 'Read, not run';

const rowOf = (row: Record<string, unknown> | undefined): string =>
  row === undefined
    ? ''
    : ` with ${Object.entries(row)
        .map(([name, value]) => mdText(`${name} ${String(value)}`))
        .join(', ')}`;

const short = (text: string): string => (text.length > 160 ? `${text.slice(0, 157)}…` : text);
