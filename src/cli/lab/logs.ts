import type { Command } from 'commander';
import { chooseLab, labsRoot, type LabFile } from '../../api/lab/lab-file.ts';
import { readLabEvents } from '../../api/lab/read-lab-events.ts';
import type { LabEvent } from '../../model/event.ts';
import { exitCode, type ExitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { renderEventLine } from '../../report/terminal/event-line.ts';
import { systemClock } from '../../util/clock.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';

interface Flags {
  readonly lab?: string;
  readonly host?: string;
  readonly follow?: boolean;
  readonly json?: boolean;
}

/** How often the evidence is looked at, in milliseconds. */
const lookEveryMs = 1000;

export const addLabLogs = (lab: Command, perform: Perform): void => {
  lab
    .command('logs')
    .description('what the sensors saw: processes, connections, questions for names, files, what components logged')
    .option('--lab <name>', 'which lab, when several are up')
    .option('--host <host>', 'of this host alone')
    .option('-f, --follow', 'and what they see from now on, until Ctrl+C')
    .option('--json', 'one JSON document on standard output; not together with --follow')
    .action((flags: Flags) =>
      perform((context) => {
        if (flags.json === true && flags.follow === true)
          throw new HarnessError('--json is one document, and --follow has no end', {
            code: 'lab/endless-document',
            exitCode: exitCode.usage,
            hint: 'leave one of them out',
          });
        const labs = labsRoot(context.env);
        return showLogs(labs, chooseLab(labs, flags.lab), flags, context);
      }),
    );
};

/** What tells an event from others when the longer evidence is parsed again: its number may have moved. */
const keyOf = (event: LabEvent): string =>
  [event['host.name'], event['tocsin.sensor'], event['event.action'], event['@timestamp'], event['tocsin.raw']].join(
    '|',
  );

const showLogs = async (labs: string, file: LabFile, flags: Flags, context: CommandContext): Promise<ExitCode> => {
  const { screen, signal } = context;
  const shown = new Set<string>();
  for (;;) {
    const { events, losses } = await readLabEvents(labs, file, flags.host, signal);
    if (flags.json === true) {
      screen.print(
        `${JSON.stringify({ schemaVersion: 1, kind: 'lab-logs', lab: file.lab, events, losses }, null, 2)}\n`,
      );
      return exitCode.ok;
    }
    for (const event of events.filter((one) => !shown.has(keyOf(one)))) {
      shown.add(keyOf(event));
      screen.print(`${renderEventLine(event)}\n`);
    }
    if (flags.follow !== true) {
      for (const loss of losses) screen.note(`not shown: ${JSON.stringify(loss)}\n`);
      return exitCode.ok;
    }
    await systemClock.sleep(lookEveryMs, signal);
  }
};
