/**
 * The part of nf_tables' netlink messages (linux/netfilter/nf_tables.h) that a router of a lab needs: tables, chains with a hook, and
 * rules that match addresses, ports and the state of connections. Numbers are in network order, except the kernel's own words for
 * states.
 */

/** One element of a rule; encoded. */
export type Expression = Buffer;

export interface Chain {
  readonly name: string;
  readonly type: 'nat' | 'filter';
  readonly hook: 'prerouting' | 'forward' | 'postrouting';
  readonly priority: number;
  readonly rules: readonly (readonly Expression[])[];
}

export interface Batch {
  readonly bytes: Buffer;
  /** How many of its messages the kernel acknowledges. */
  readonly acknowledged: number;
}

/** NFPROTO_IPV4. */
const family = 2;

/** Values go through registers; what becomes of the packet is one too. */
const verdictRegister = 0;
const firstRegister = 1;
const secondRegister = 2;

/** One table with these chains, made as a whole or not at all. */
export const renderTable = (table: string, chains: readonly Chain[]): Batch => {
  const messages = [
    message(newTable, text(1, table)),
    ...chains.flatMap((chain) => [
      message(newChain, renderChain(table, chain)),
      ...chain.rules.map((rule) => message(newRule, renderRule(table, chain.name, rule))),
    ]),
  ];
  const numbered = messages.map((render, index) => render(index + 1));
  return { bytes: Buffer.concat([edge(0x10), ...numbered, edge(0x11)]), acknowledged: messages.length };
};

/** The address that sent a packet, or that it goes to, is in this prefix, or is not. */
export const matchAddress = (
  side: 'source' | 'destination',
  operator: '==' | '!=',
  address: string,
  prefixLength: number,
): readonly Expression[] => {
  const mask = Buffer.alloc(4);
  mask.writeUInt32BE(prefixLength === 0 ? 0 : (0xffffffff << (32 - prefixLength)) >>> 0);
  const network = octets(address).map((octet, index) => octet & (mask[index] ?? 0));
  return [
    loadHeader('network', side === 'source' ? 12 : 16, 4),
    keepBits(mask),
    compare(operator, Buffer.from(network)),
  ];
};

export const matchTcpPort = (port: number): readonly Expression[] => [
  expression('meta', number(1, firstRegister), number(2, 16)), // NFT_META_L4PROTO
  compare('==', Buffer.of(6)),
  loadHeader('transport', 2, 2),
  compare('==', portBytes(port)),
];

/** nf_conntrack_common.h: bits of the state of the connection that a packet is of, and of what was done to it. */
export const connection = {
  state: { key: 0, invalid: 1, new: 8 },
  status: { key: 2, destinationTranslated: 32 },
} as const;

/** Some of these bits are set, or none is. */
export const matchConnection = (key: number, bits: number, isSet: boolean): readonly Expression[] => [
  expression('ct', number(1, firstRegister), number(2, key)),
  keepBits(word(bits)),
  compare(isSet ? '!=' : '==', word(0)),
];

/** NF_DROP: nobody is told. */
export const dropPacket = (): readonly Expression[] => [
  expression('immediate', number(1, verdictRegister), nested(2, nested(2, number(1, 0)))),
];

/** Connections come from this address. */
export const translateSource = (address: string): readonly Expression[] => [
  assign(firstRegister, Buffer.from(octets(address))),
  expression('nat', number(1, 0), number(2, family), number(3, firstRegister)),
];

/** Connections go to this address and port. */
export const translateDestination = (address: string, port: number): readonly Expression[] => [
  assign(firstRegister, Buffer.from(octets(address))),
  assign(secondRegister, portBytes(port)),
  expression('nat', number(1, 1), number(2, family), number(3, firstRegister), number(5, secondRegister)),
];

const hooks = { prerouting: 0, forward: 2, postrouting: 4 } as const;

const newTable = 0;
const newChain = 3;
const newRule = 6;

const renderChain = (table: string, { name, hook, priority, type }: Chain): Buffer =>
  Buffer.concat([
    text(1, table),
    text(3, name),
    nested(4, Buffer.concat([number(1, hooks[hook]), number(2, priority)])),
    text(7, type),
  ]);

const renderRule = (table: string, chain: string, rule: readonly Expression[]): Buffer =>
  Buffer.concat([text(1, table), text(2, chain), nested(4, Buffer.concat(rule.map((one) => nested(1, one))))]);

const expression = (name: string, ...data: readonly Buffer[]): Expression =>
  Buffer.concat([text(1, name), nested(2, Buffer.concat(data))]);

const loadHeader = (header: 'network' | 'transport', offset: number, length: number): Expression =>
  expression(
    'payload',
    number(1, firstRegister),
    number(2, header === 'network' ? 1 : 2),
    number(3, offset),
    number(4, length),
  );

const keepBits = (mask: Buffer): Expression =>
  expression(
    'bitwise',
    number(1, firstRegister),
    number(2, firstRegister),
    number(3, mask.length),
    nested(4, attribute(1, mask)),
    nested(5, attribute(1, Buffer.alloc(mask.length))),
  );

const compare = (operator: '==' | '!=', value: Buffer): Expression =>
  expression('cmp', number(1, firstRegister), number(2, operator === '==' ? 0 : 1), nested(3, attribute(1, value)));

const assign = (register: number, value: Buffer): Expression =>
  expression('immediate', number(1, register), nested(2, attribute(1, value)));

const octets = (address: string): number[] => address.split('.').map(Number);

const portBytes = (port: number): Buffer => Buffer.of(port >> 8, port & 0xff);

/** As the machine itself keeps a number of 32 bits. */
const word = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);

/** netlink(7): attributes have the length and the type before their value, and fill four octets. */
const attribute = (type: number, value: Buffer): Buffer => {
  const header = Buffer.from(Uint16Array.of(value.length + 4, type).buffer);
  return Buffer.concat([header, value, Buffer.alloc(-value.length & 3)]);
};

const nested = (type: number, value: Buffer): Buffer => attribute(type | 0x8000, value);

const text = (type: number, value: string): Buffer => attribute(type, Buffer.from(`${value}\0`));

const number = (type: number, value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return attribute(type, bytes);
};

const flags = { request: 1, acknowledge: 4, create: 0x400, append: 0x800 } as const;

/** NFNL_SUBSYS_NFTABLES. */
const subsystem = 10;

const message =
  (type: number, attributes: Buffer) =>
  (sequence: number): Buffer =>
    frame(
      (subsystem << 8) | type,
      flags.request | flags.acknowledge | flags.create | flags.append,
      sequence,
      Buffer.concat([Buffer.of(family, 0, 0, 0), attributes]),
    );

/** What begins and ends a batch. */
const edge = (type: number): Buffer => frame(type, flags.request, 0, Buffer.of(0, 0, 0, subsystem));

const frame = (type: number, bits: number, sequence: number, body: Buffer): Buffer => {
  const header = Buffer.alloc(16);
  const view = new DataView(header.buffer, header.byteOffset, 16);
  const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  view.setUint32(0, 16 + body.length, isLittle);
  view.setUint16(4, type, isLittle);
  view.setUint16(6, bits, isLittle);
  view.setUint32(8, sequence, isLittle);
  return Buffer.concat([header, body]);
};
