import type { StaticMembers } from '../objects/statics.ts';
import { toText } from '../values/text.ts';
import { PsObject } from '../values/value.ts';
import { asMethod } from './method-failure.ts';
import { addressesOf } from './tcp.ts';

/** A System.Net.IPAddress. */
export const ipAddress = (text: string): PsObject =>
  new PsObject(
    ['System.Net.IPAddress'],
    [
      ['AddressFamily', text.includes(':') ? 'InterNetworkV6' : 'InterNetwork'],
      ['IPAddressToString', text],
    ],
    { text, missing: ['Address', 'ScopeId'] },
  );

/** [System.Net.Dns]. */
export const dnsMembers: StaticMembers = {
  methods: {
    gethostaddresses: async (args, { machine }) => {
      const name = toText(args[0] ?? null);
      const addresses = await asMethod('GetHostAddresses', args.length, () => addressesOf(machine.dns(), name));
      return addresses.map(ipAddress);
    },
    gethostentry: async (args, { machine }) => {
      const name = toText(args[0] ?? null);
      const addresses = await asMethod('GetHostEntry', args.length, () => addressesOf(machine.dns(), name));
      return new PsObject(
        ['System.Net.IPHostEntry'],
        [
          ['HostName', name],
          ['Aliases', []],
          ['AddressList', addresses.map(ipAddress)],
        ],
      );
    },
    gethostname: (_, { machine }) => machine.environment.get('COMPUTERNAME') ?? '',
  },
};
