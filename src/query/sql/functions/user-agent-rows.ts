import { isArray, type Dynamic } from '../../values/dynamic.ts';
import { browserOf, deviceOf, operatingSystemOf } from '../../values/user-agent.ts';
import { rowTable } from '../row-table.ts';

const parts = new Map([
  ['browser', { name: 'Browser', of: browserOf }],
  ['os', { name: 'OperatingSystem', of: operatingSystemOf }],
  ['device', { name: 'Device', of: deviceOf }],
]);

export const userAgentFunctions = rowTable({
  /** `parse_user_agent(text, "browser")`, or several in an array. */
  parse_user_agent: {
    params: ['string', 'dynamic'],
    result: 'dynamic',
    compute: (text: string, wanted: Dynamic) => {
      const names = (isArray(wanted) ? wanted : [wanted]).map((name) =>
        typeof name === 'string' ? name.toLowerCase() : '',
      );
      const known = names.flatMap((name) => parts.get(name) ?? []);
      return text === '' || known.length === 0 ? null : new Map(known.map(({ name, of }) => [name, of(text)]));
    },
  },
});
