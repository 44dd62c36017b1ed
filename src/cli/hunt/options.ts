import { InvalidArgumentError, Option, type Command } from 'commander';
import type { HuntSettings } from '../../api/hunt/settings.ts';
import { nowOf } from '../../api/open-engine.ts';
import { technique } from '../../attack/attack.ts';
import { levels, type Level } from '../../query/sigma/rule/rule.ts';
import { huntFormats, type HuntFormat } from './output.ts';

export interface HuntFlags {
  readonly detections: readonly string[];
  readonly data: readonly string[];
  readonly pipeline?: readonly string[];
  readonly filters?: readonly string[];
  readonly filterMeaning: 'as-written' | 'exclude';
  readonly minLevel?: Level;
  readonly technique?: readonly string[];
  readonly status?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly format: HuntFormat;
  readonly json?: boolean;
  readonly examples: number;
  readonly explain?: string;
  readonly navigator?: string;
  readonly failOn?: Level;
  readonly threads?: number;
  readonly verify?: boolean;
  readonly verbose?: boolean;
}

const parseCount =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least) throw new InvalidArgumentError(`a whole number from ${least}`);
    return value;
  };

const parseTechnique = (text: string, before: readonly string[] = []): readonly string[] => {
  const id = text.toUpperCase();
  if (technique(id) === undefined) throw new InvalidArgumentError('no technique of ATT&CK, as T1059 or T1059.001');
  return [...before, id];
};

export const addHuntOptions = (command: Command): Command =>
  command
    .description(
      'run Sigma rules over logs: EVTX, Windows event XML, auditd, syslog, NDJSON, JSON, CSV, Parquet, recordings',
    )
    .requiredOption('--detections <path...>', 'files and folders with Sigma rules, correlations and filters')
    .requiredOption('--data <path...>', 'files and folders with logs; a file is what its content says')
    .option('--pipeline <file...>', 'processing pipelines in the format of pySigma, run over every rule')
    .option('--filters <path...>', 'files and folders with Sigma filters, beside those among the detections')
    .addOption(
      new Option('--filter-meaning <meaning>', "what a filter's condition says: what a hit must be, or must not be")
        .choices(['as-written', 'exclude'])
        .default('as-written'),
    )
    .addOption(new Option('--min-level <level>', 'only rules of this level and above').choices(levels))
    .option('--technique <id...>', 'only rules of these techniques and their sub-techniques', parseTechnique)
    .option('--status <status...>', 'only rules of these statuses: stable, test, experimental …')
    .option('--from <time>', 'only events from this time on (ISO 8601, UTC)')
    .option('--to <time>', 'only events before this time')
    .addOption(new Option('--format <format>', 'of the hits').choices(huntFormats).default('table'))
    .option('--json', 'the same as --format json')
    .option('--examples <count>', 'hits of each rule that the table shows', parseCount(0), 1)
    .option(
      '--explain <rule>',
      'why one rule (id, name or title) matched no more: the nearest events, and what kept them',
    )
    .option('--navigator <file>', 'write the hits as a layer for ATT&CK Navigator')
    .addOption(
      new Option('--fail-on <level>', 'exit code 1 when a rule of this level or above has a hit').choices(levels),
    )
    .option('--threads <count>', 'threads that read and match; by default one a core, at most four', parseCount(1))
    .option('--verify', 'have SQL decide a sample of the events again: a disagreement is an error, exit code 70')
    .option(
      '-v, --verbose',
      'list the rules that were refused or had no source, what pipelines mapped, and all sources',
    )
    .addHelpText('after', help);

const help = `
Examples:
  tocsin hunt --detections sigma/rules --data logs/
  tocsin hunt --detections rules --data Security.evtx --min-level high --fail-on critical
  tocsin hunt --detections rules --data logs --technique T1059 --format ndjson > hits.ndjson

A rule that is refused, a file that is not recognized and a record that cannot be read are counted and said on standard error.
Exit code 0 whatever is found, unless --fail-on says otherwise. More: docs/hunt.md`;

export const huntSettings = (flags: HuntFlags, folder: string): HuntSettings => {
  const {
    detections,
    data,
    filterMeaning,
    pipeline,
    filters,
    minLevel,
    technique: techniques,
    status,
    threads,
  } = flags;
  return {
    detections,
    data,
    folder,
    filterMeaning,
    ...(pipeline === undefined ? {} : { pipelines: pipeline }),
    ...(filters === undefined ? {} : { filters }),
    ...(minLevel === undefined ? {} : { minLevel }),
    ...(techniques === undefined ? {} : { techniques }),
    ...(status === undefined ? {} : { statuses: status }),
    ...(flags.from === undefined ? {} : { from: nowOf(flags.from) }),
    ...(flags.to === undefined ? {} : { to: nowOf(flags.to) }),
    ...(threads === undefined ? {} : { threads }),
    ...(flags.verify === undefined ? {} : { verify: flags.verify }),
  };
};
