import type { CloudSiemRule } from '../model/cloud-siem-rule.ts';
import type { Language } from '../model/detection.ts';
import type { Parsed } from '../model/diagnostic.ts';
import type { KnownTables } from './known-tables.ts';
import type { QueryText } from './plan/place-of.ts';
import type { Plan } from './plan/plan.ts';
import type { compileCorrelation } from './sigma/plan/compile-correlation.ts';
import type { CompiledRule } from './sumo/cloud-siem/compile-rule.ts';
import type { SumoDialect } from './sumo/dialect.ts';

/** A query's text as a plan, or all that is wrong with it. */
export interface CompileLanguage {
  (query: QueryText, tables: KnownTables, dialect: SumoDialect): Parsed<Plan>;
  /** Rules of the same language that are no queries: Cloud SIEM's. */
  readonly compileRule?: (rule: CloudSiemRule, tables: KnownTables, dialect: SumoDialect) => CompiledRule;
  /** Sigma's correlations, which are over the hits of queries. */
  readonly compileCorrelation?: typeof compileCorrelation;
}

/** The compilers that an engine can use. */
export type Languages = ReadonlyMap<Language, CompileLanguage>;

const loaders: Readonly<Record<Language, () => Promise<CompileLanguage>>> = {
  kql: async () => {
    const { compileKql } = await import('./kql/compile.ts');
    const { loadKusto } = await import('./kql/kusto.ts');
    const { lazily } = await import('./kql/scope.ts');
    // Loading the binder takes a second, and there may be no query; it holds no state of one, so that all can share it.
    const kusto = lazily(loadKusto);
    return (query, tables) => compileKql(kusto(), query, tables);
  },
  sumo: async () => {
    const { compileSumo } = await import('./sumo/compile.ts');
    const { compileRule } = await import('./sumo/cloud-siem/compile-rule.ts');
    const compile: CompileLanguage = (query, { all }, dialect) => compileSumo(query, all, dialect);
    return Object.assign(compile, {
      compileRule: (rule: CloudSiemRule, { all }: KnownTables, dialect: SumoDialect) => compileRule(rule, all, dialect),
    });
  },
  sigma: async () => {
    const { compileSigma } = await import('./sigma/plan/compile-sigma.ts');
    const { compileCorrelation } = await import('./sigma/plan/compile-correlation.ts');
    const compile: CompileLanguage = (query, tables) => compileSigma(query, tables);
    return Object.assign(compile, { compileCorrelation });
  },
};

/** Loads compilers: each takes a tenth of a second, so that whoever needs one need not wait for all. Default: all. */
export const loadLanguages = async (
  wanted: readonly Language[] = Object.keys(loaders) as Language[],
): Promise<Languages> => new Map(await Promise.all(wanted.map(async (name) => [name, await loaders[name]()] as const)));
