import { readProperty } from '../objects/properties.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { double, PsObject, type Value } from '../values/value.ts';
import type { Cmdlet } from './cmdlet.ts';

export const measureObject: Cmdlet = {
  name: 'Measure-Object',
  parameters: [
    { name: 'Property', position: 0 },
    { name: 'Sum', isSwitch: true },
    { name: 'Average', isSwitch: true },
    { name: 'Maximum', isSwitch: true },
    { name: 'Minimum', isSwitch: true },
    { name: 'Line', isSwitch: true, unsupported: true },
    { name: 'Word', isSwitch: true, unsupported: true },
    { name: 'Character', isSwitch: true, unsupported: true },
    { name: 'InputObject' },
  ],
  start: (context) => {
    const property = context.argument('Property');
    const items: Value[] = [];
    return {
      process: (input) => {
        if (input !== undefined) items.push(property === undefined ? input : readProperty(input, toText(property)));
        return Promise.resolve();
      },
      end: async () => {
        const numbers = items.map((item) => Number(coerceNumber(item)?.value ?? NaN));
        const sum = numbers.reduce((total, number) => total + number, 0);
        const figure = (name: string, value: number): [string, Value] => [
          name,
          context.has(name) && numbers.length > 0 ? double(value) : null,
        ];
        await context.output(
          new PsObject(
            ['Microsoft.PowerShell.Commands.GenericMeasureInfo'],
            [
              ['Count', items.length],
              figure('Average', sum / numbers.length),
              figure('Sum', sum),
              figure('Maximum', Math.max(...numbers)),
              figure('Minimum', Math.min(...numbers)),
              ['Property', property === undefined ? null : toText(property)],
            ],
          ),
        );
      },
    };
  },
};
