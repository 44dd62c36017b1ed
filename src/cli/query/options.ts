import { Option, InvalidArgumentError, type Command } from 'commander';
import { addEnvironmentOption, type EnvironmentFlag } from '../environment-option.ts';
import { defaultSchemas } from '../../api/data/load-schemas.ts';

/** What `query` and `explain` have in common. */
export interface QueryFlags extends EnvironmentFlag {
  readonly language: 'kql' | 'sumo' | 'sigma';
  readonly file?: string;
  readonly data?: readonly string[];
  readonly function?: readonly string[];
  readonly watchlist?: readonly string[];
  readonly schema: string;
  readonly now?: string;
  readonly timeLimit?: number;
  readonly json?: boolean;
}

const seconds = (text: string): number => {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Not a number of seconds.');
};

export const addQueryOptions = (command: Command): Command =>
  addEnvironmentOption(command, 'what queries find beside tables')
    .argument('[text]', 'the query; from -f, or from standard input when absent or "-"')
    .addOption(new Option('--language <language>', 'of the query').choices(['kql', 'sumo', 'sigma']).default('kql'))
    .option('-f, --file <file>', 'read the query, or with --language sumo a Cloud SIEM rule, from a file')
    .option('--data <table=file...>', 'fill a table, or an address of externaldata, from a file')
    .option('--watchlist <name=file...>', 'fill a watchlist of _GetWatchlist from a file, as --data fills a table')
    .option('--function <file...>', 'functions that the workspace keeps: KQL let statements, or the YAML of one')
    .option('--schema <schemas>', 'tables without data: sentinel, defender, none, or files', defaultSchemas)
    .option('--now <moment>', 'what now() is, ISO 8601; the clock when absent')
    .addOption(new Option('--time-limit <seconds>', 'end a query that takes longer').argParser(seconds));
