import { toText } from '../values/text.ts';
import { asList } from '../values/convert.ts';
import { createException, ErrorRecord } from '../engine/error-record.ts';
import type { Value } from '../values/value.ts';
import type { Cmdlet } from './cmdlet.ts';

const writeHost: Cmdlet = {
  name: 'Write-Host',
  parameters: [
    { name: 'Object', aliases: ['Msg', 'Message'], position: 0, takesRest: true },
    { name: 'NoNewline', isSwitch: true },
    { name: 'Separator' },
    { name: 'ForegroundColor' },
    { name: 'BackgroundColor' },
  ],
  start: (context) => {
    const write = (value: Value): void => {
      const text = asList(value)
        .map(toText)
        .join(toText(context.argument('Separator') ?? ' '));
      context.frame.streams.information(context.has('NoNewline') ? text : `${text}\n`);
    };
    return {
      process: (input) => {
        write(input ?? context.argument('Object') ?? '');
        return Promise.resolve();
      },
    };
  },
};

const writeOutput: Cmdlet = {
  name: 'Write-Output',
  parameters: [
    { name: 'InputObject', position: 0, takesRest: true },
    { name: 'NoEnumerate', isSwitch: true, unsupported: true },
  ],
  start: (context) => ({
    process: async (input) => {
      const given = input === undefined ? context.argument('InputObject') : input;
      if (given !== undefined) await context.output(given);
    },
  }),
};

const writeError: Cmdlet = {
  name: 'Write-Error',
  parameters: [
    { name: 'Message', aliases: ['Msg'], position: 0 },
    { name: 'Exception' },
    { name: 'ErrorRecord' },
    { name: 'Category' },
    { name: 'ErrorId' },
    { name: 'TargetObject' },
    { name: 'RecommendedAction' },
    { name: 'CategoryActivity', aliases: ['Activity'] },
  ],
  start: (context) => ({
    process: async (input) => {
      const record = context.argument('ErrorRecord');
      const message =
        record instanceof ErrorRecord ? record.message : toText(input ?? context.argument('Message') ?? null);
      await context.writeError({
        exception: createException('Microsoft.PowerShell.Commands.WriteErrorException', message),
        category: toText(context.argument('Category') ?? 'NotSpecified'),
        target: null,
        id: toText(context.argument('ErrorId') ?? 'Microsoft.PowerShell.Commands.WriteErrorException'),
      });
    },
  }),
};

const writeWarning: Cmdlet = {
  name: 'Write-Warning',
  parameters: [{ name: 'Message', aliases: ['Msg'], position: 0 }],
  start: (context) => ({
    process: (input) => {
      context.frame.streams.warning(toText(input ?? context.argument('Message') ?? ''));
      return Promise.resolve();
    },
  }),
};

/** Streams that are off unless their preference says otherwise. */
const quiet = (name: string): Cmdlet => ({
  name,
  parameters: [
    { name: 'Message', aliases: ['Msg', 'MessageData'], position: 0 },
    { name: 'Tags' },
    { name: 'Activity', position: 1 },
    { name: 'Status', position: 2 },
    { name: 'PercentComplete' },
    { name: 'Completed', isSwitch: true },
    { name: 'Id' },
  ],
  start: (context) => ({
    process: () => {
      const preference = `${name.replace('Write-', '')}Preference`;
      const shown =
        context.has('Verbose') || toText(context.frame.scope.get(preference) ?? '').toLowerCase() === 'continue';
      if (shown && name !== 'Write-Progress') {
        context.frame.streams.information(
          `${name.replace('Write-', '').toUpperCase()}: ${toText(context.argument('Message') ?? '')}\n`,
        );
      }
      return Promise.resolve();
    },
  }),
});

const outNull: Cmdlet = { name: 'Out-Null', parameters: [{ name: 'InputObject' }], start: () => ({}) };

const passThrough = (name: string): Cmdlet => ({
  name,
  parameters: [{ name: 'InputObject' }],
  start: (context) => ({
    process: async (input) => {
      if (input !== undefined)
        await (name === 'Out-Host' ? context.frame.session.host.results(input) : context.output(input));
    },
  }),
});

export const hostCmdlets: readonly Cmdlet[] = [
  writeHost,
  writeOutput,
  writeError,
  writeWarning,
  quiet('Write-Verbose'),
  quiet('Write-Debug'),
  quiet('Write-Information'),
  quiet('Write-Progress'),
  outNull,
  passThrough('Out-Default'),
  passThrough('Out-Host'),
];
