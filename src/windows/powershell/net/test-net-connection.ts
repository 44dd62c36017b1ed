import { NotImplemented } from '../../os/not-implemented.ts';
import type { Cmdlet, CmdletContext } from '../commands/cmdlet.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { PsObject, type Value } from '../values/value.ts';
import { addressesOf, SocketFailure } from './tcp.ts';

const commonPorts: Readonly<Record<string, number>> = { http: 80, rdp: 3389, smb: 445, winrm: 5985 };

const portOf = (context: CmdletContext): number => {
  const common = context.argument('CommonTCPPort');
  const port = common === undefined ? context.argument('Port') : commonPorts[toText(common).toLowerCase()];
  if (port === undefined) throw new NotImplemented('Test-NetConnection without a port: it pings, and this host cannot');
  return Number(coerceNumber(port)?.value ?? 0);
};

interface Tried {
  readonly address: string | null;
  /** Null: it did not connect. */
  readonly source: string | null;
}

const attempt = async (name: string, port: number, context: CmdletContext): Promise<Tried> => {
  const { machine } = context.frame.session;
  let address: string | null = null;
  try {
    address = (await addressesOf(machine.dns(), name))[0] ?? null;
    if (address === null) return { address, source: null };
    const socket = await machine.tcp().connect(address, port);
    const source = socket.localAddress ?? null;
    socket.destroy();
    return { address, source };
  } catch (error) {
    if (!(error instanceof SocketFailure)) throw error;
    const { warning } = context.frame.streams;
    warning(address === null ? `Name resolution of ${name} failed` : `TCP connect to (${address} : ${port}) failed`);
    return { address, source: null };
  }
};

/** Where the real one pings when the connection fails, this one cannot; reading what the ping would say fails loudly. */
const resultOf = (name: string, port: number, { address, source }: Tried): PsObject => {
  const properties: (readonly [string, Value])[] = [
    ['ComputerName', name],
    ['RemoteAddress', address],
    ['RemotePort', port],
    ['InterfaceAlias', 'Ethernet'],
    ['SourceAddress', source],
    ['TcpTestSucceeded', source !== null],
  ];
  return new PsObject(
    ['TestNetConnectionResult'],
    properties.filter(([key]) => source !== null || key !== 'SourceAddress'),
    { missing: ['PingSucceeded', 'PingReplyDetails', 'NameResolutionSucceeded', 'TraceRoute'] },
  );
};

export const testNetConnection: Cmdlet = {
  name: 'Test-NetConnection',
  parameters: [
    { name: 'ComputerName', aliases: ['RemoteAddress', 'cn'], position: 0 },
    { name: 'CommonTCPPort', position: 1 },
    { name: 'Port', aliases: ['RemotePort'] },
    { name: 'InformationLevel' },
    ...['TraceRoute', 'DiagnoseRouting'].map((name) => ({ name, isSwitch: true, unsupported: true })),
    { name: 'Hops', unsupported: true },
    { name: 'ConstrainInterface', unsupported: true },
    { name: 'ConstrainSourceAddress', unsupported: true },
  ],
  start: (context) => ({
    process: async (input) => {
      const name = toText(input ?? context.argument('ComputerName') ?? 'internetbeacon.msedge.net');
      const port = portOf(context);
      const level = toText(context.argument('InformationLevel') ?? 'Standard').toLowerCase();
      if (level === 'detailed') throw new NotImplemented('Test-NetConnection -InformationLevel Detailed');
      const tried = await attempt(name, port, context);
      await context.output(level === 'quiet' ? tried.source !== null : resultOf(name, port, tried));
    },
  }),
};
