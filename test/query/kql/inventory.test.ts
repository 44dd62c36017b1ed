import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
// The operators and expressions import each other: this is where they begin.
import '../../../src/query/kql/compile.ts';
import { aggregateNames } from '../../../src/query/kql/aggregates.ts';
import { loadKusto } from '../../../src/query/kql/kusto.ts';
import { plugins } from '../../../src/query/kql/operators/evaluate.ts';
import { constructName, operatorKinds } from '../../../src/query/kql/operators/index.ts';
import { specialCalls } from '../../../src/query/kql/plan-call.ts';
import { windowFunctions } from '../../../src/query/kql/windows.ts';
import { aggregateOf } from '../../../src/query/sql/functions/aggregates.ts';
import { functionOf } from '../../../src/query/sql/functions/index.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/kql-conformance.md'), 'utf8');

/** The names in the second column of the row that the section's table has for a kind. */
const listed = (kind: string): readonly string[] => {
  const section = page.split(/^## /m).find((part) => part.startsWith('The language, name by name')) ?? '';
  const row = section.split('\n').find((line) => line.startsWith(`| ${kind} |`)) ?? '';
  return [...(row.split('|')[3] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
};

/** `12 of 34`. */
const counted = (kind: string): string => {
  const row = page.split('\n').find((line) => line.startsWith(`| ${kind} |`)) ?? '';
  return row.split('|')[2]?.trim() ?? '';
};

/** Picked rows and lists of ranks are resolved where they stand. */
const carrying: ReadonlySet<string> = new Set(['arg_max', 'arg_min', 'take_any', 'percentiles', 'percentilesw']);

describe('what Microsoft’s language service knows of KQL', () => {
  const { functions, aggregates, plugins: allPlugins, operators } = loadKusto().vocabulary();

  const holds = (kind: string, names: readonly string[], isSupported: (name: string) => boolean): void => {
    const refused = names.filter((name) => !isSupported(name));
    expect(listed(kind), `docs/kql-conformance.md, ${kind}`).to.deep.equal(refused.toSorted());
    expect(counted(kind)).to.equal(`${names.length - refused.length} of ${names.length}`);
  };

  // What begins with underscores is the service's own; of geography nothing is supported but places of addresses.
  it('is supported or listed as refused: functions', () => {
    holds(
      'functions',
      functions.filter((name) => !/^(__|geo_(?!info))/.test(name)),
      // `table` gives rows.
      (name) =>
        name === 'table' ||
        functionOf(name) !== undefined ||
        Object.hasOwn(specialCalls, name) ||
        windowFunctions.has(name),
    );
  });

  it('is supported or listed as refused: aggregates', () => {
    holds('aggregates', aggregates, (name) => {
      const planned = Object.hasOwn(aggregateNames, name) ? aggregateNames[name] : undefined;
      return planned !== undefined && (carrying.has(planned) || aggregateOf(planned) !== undefined);
    });
  });

  it('is supported or listed as refused: plugins', () => {
    holds('plugins', allPlugins, (name) => Object.hasOwn(plugins, name));
  });

  it('is supported or listed as refused: operators', () => {
    holds('operators', operators.filter((kind) => kind !== 'BadQueryOperator').map(constructName), (name) =>
      [...operatorKinds].some((kind) => constructName(kind) === name),
    );
  });
});
