import type { Command } from 'commander';
import type { Check } from '../../api/doctor/check.ts';
import { checkAudit, checkDrivers, checkPrograms } from '../../api/doctor/check-machine.ts';
import {
  checkDatabase,
  checkDisk,
  checkKnowledge,
  checkKql,
  checkNode,
  checkReport,
} from '../../api/doctor/check-program.ts';
import { checkSoftware } from '../../api/doctor/check-software.ts';
import { checkSettings } from '../../api/doctor/check-settings.ts';
import { checkColor, checkProject } from '../../api/doctor/check-project.ts';
import { softwareCache } from '../../lab/software/cache-folder.ts';
import { exitCode } from '../../model/exit-code.ts';
import { oneLine } from '../../report/terminal/one-line.ts';
import type { Screen } from '../../report/terminal/screen.ts';
import { sign, type Sign } from '../../report/terminal/style.ts';
import { systemClock } from '../../util/clock.ts';
import { plural } from '../../util/plural.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { allDrivers } from '../drivers.ts';

export const addDoctor = (program: Command, perform: Perform): void => {
  program
    .command('doctor')
    .description(
      'everything Tocsin leans on: what was found, what was chosen and why, and one line that fixes what is missing',
    )
    .option('--json', 'one JSON document on standard output')
    .action((options: { readonly json?: boolean }) =>
      perform(async (context) => {
        const checks = await runChecks(context);
        const { screen } = context;
        if (options.json === true)
          screen.print(`${JSON.stringify({ schemaVersion: 1, kind: 'doctor', checks }, null, 2)}\n`);
        else screen.print(renderChecks(screen, checks));
        return checks.some(({ status }) => status === 'missing') ? exitCode.environment : exitCode.ok;
      }),
    );
};

const runChecks = async ({ root, cwd, env, screen, signal }: CommandContext): Promise<readonly Check[]> => [
  checkNode(process.versions.node, process.execPath),
  await checkDatabase(),
  await checkKql(),
  checkKnowledge(),
  checkReport(),
  await checkProject(root, cwd),
  ...(await checkPrograms()),
  await checkAudit(),
  ...(await checkDrivers(allDrivers(), signal)),
  await checkSoftware(softwareCache(env), allDrivers(), systemClock.nowMicros() / 1000, signal),
  await checkDisk(cwd),
  checkColor(env, screen.color),
  ...(await checkSettings(root, cwd, env)),
];

const signs: Readonly<Record<Check['status'], Sign>> = { ok: 'met', limited: 'open', missing: 'unmet' };

const renderChecks = (screen: Screen, checks: readonly Check[]): string => {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, status, detail, fix }) => [
    `${sign(screen, signs[status])} ${name.padEnd(width)}  ${oneLine(detail)}`,
    ...(fix === null ? [] : [`  ${' '.repeat(width)}  = help: ${oneLine(fix)}`]),
  ]);
  const missing = checks.filter(({ status }) => status === 'missing').length;
  const limited = checks.filter(({ status }) => status === 'limited').length;
  return `${lines.join('\n')}\n${plural(checks.length, 'check')}: ${missing} missing, ${limited} limited\n`;
};
