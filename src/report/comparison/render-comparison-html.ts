import { createHash } from 'node:crypto';
import { technique } from '../../attack/attack.ts';
import type { ChangeKind, Comparison, SignalChange, VerdictChange } from '../../model/baseline.ts';
import { plural } from '../../util/plural.ts';
import { comparisonStyle } from './comparison-style.ts';
import { element, table, type Child, type Html } from './html-element.ts';

/** What was compared, as people named it. */
export interface Sides {
  readonly base: string;
  readonly now: string;
}

const better: ReadonlySet<ChangeKind> = new Set(['fixed', 'stronger', 'new']);
const neither: ReadonlySet<ChangeKind> = new Set(['other']);

/** A comparison as one page without scripts: what got worse first, then by technique, then what changed around it. */
export const renderComparisonHtml = (comparison: Comparison, sides: Sides): string => {
  const { verdicts, signals, environment, onlyBefore, onlyAfter } = comparison;
  const worse = verdicts.filter(({ kind }) => !better.has(kind) && !neither.has(kind));
  const body = element('body', {}, [
    element('h1', {}, ['What changed']),
    element('p', { class: 'sides' }, ['from ', code(sides.base), ' to ', code(sides.now)]),
    headline(comparison),
    ...section('Worse', 'worse', verdictTable(worse)),
    ...section('Better', 'better', verdictTable(verdicts.filter(({ kind }) => better.has(kind)))),
    ...section('Otherwise changed', 'other', verdictTable(verdicts.filter(({ kind }) => neither.has(kind)))),
    ...section('By technique', 'techniques', techniqueTable(verdicts)),
    ...section('Signals', 'signals', signalTable(signals)),
    ...section(
      'Changed around them',
      'environment',
      environment.length === 0
        ? null
        : table(
            ['Scenario', 'What', 'Before', 'Now'],
            environment.map(({ scenario, name, before, after }) => [scenario, name, before ?? 'none', after ?? 'none']),
          ),
    ),
    ...section('Not compared', 'not-compared', uncompared(onlyBefore, onlyAfter)),
  ]);
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(comparisonStyle).digest('base64')}'`;
  const head = element('head', {}, [
    { html: '<meta charset="utf-8">' },
    { html: `<meta http-equiv="Content-Security-Policy" content="${policy}">` },
    { html: '<meta name="viewport" content="width=device-width, initial-scale=1">' },
    element('title', {}, [`Tocsin: ${sides.base} → ${sides.now}`]),
    { html: `<style>${comparisonStyle}</style>` },
  ]);
  return `<!doctype html>\n${element('html', { lang: 'en' }, [head, body]).html}\n`;
};

const code = (text: string): Html => element('span', { class: 'mono' }, [text]);

const headline = ({ regressions, verdicts, compared }: Comparison): Html =>
  element('p', { class: `headline ${regressions > 0 ? 'bad' : 'good'}` }, [
    `${plural(regressions, 'regression')}; ${plural(verdicts.length, 'verdict')} changed of ${compared.detections} in ${plural(compared.scenarios, 'scenario')}`,
  ]);

const section = (title: string, id: string, content: Html | null): readonly Child[] =>
  content === null ? [] : [element('h2', { id }, [title]), content];

const verdictTable = (changes: readonly VerdictChange[]): Html | null =>
  changes.length === 0
    ? null
    : table(
        ['Change', 'Test and detection', 'Before', 'Now', 'What may have caused it'],
        changes.map((change) => [
          change.kind,
          `${change.technique} · ${change.variant} › ${change.detection}`,
          `${change.before ?? 'not judged'} (${change.firedBefore})`,
          `${change.after ?? 'not judged'} (${change.firedAfter})`,
          becauseOf(change.causes),
        ]),
      );

const becauseOf = (causes: readonly string[]): string =>
  causes.length === 0 ? 'nothing else known changed' : causes.join(', ');

const techniqueTable = (changes: readonly VerdictChange[]): Html | null => {
  const groups = [...Map.groupBy(changes, (change) => change.technique)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (groups.length === 0) return null;
  return table(
    ['Technique', 'Name', 'Worse', 'Better', 'Otherwise'],
    groups.map(([id, same]) => {
      const good = same.filter(({ kind }) => better.has(kind)).length;
      const other = same.filter(({ kind }) => neither.has(kind)).length;
      return [id, technique(id)?.name ?? '', String(same.length - good - other), String(good), String(other)];
    }),
  );
};

const signalTable = (changes: readonly SignalChange[]): Html | null =>
  changes.length === 0
    ? null
    : table(
        ['Test and signal', 'Before', 'Now', 'What may have caused it'],
        changes.map(({ variant, signal, before, after, causes }) => [
          `${variant} › ${signal}`,
          describe(before),
          describe(after),
          becauseOf(causes),
        ]),
      );

const describe = (one: SignalChange['before']): string =>
  one === null ? 'none' : `${one.verdict}, ${plural(one.rows, 'row')}`;

const uncompared = (onlyBefore: readonly string[], onlyAfter: readonly string[]): Html | null => {
  const lines = [
    ...onlyBefore.map((id) => `scenario ${id}: before, and not now`),
    ...onlyAfter.map((id) => `scenario ${id}: now, and not before`),
  ];
  return lines.length === 0
    ? null
    : element(
        'ul',
        {},
        lines.map((line) => element('li', {}, [line])),
      );
};
