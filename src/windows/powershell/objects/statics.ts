import type { Session } from '../engine/session.ts';
import { RuntimeFailure } from '../engine/error-record.ts';
import { asList, convert } from '../values/convert.ts';
import { coerceNumber, numberOf, roundHalfEven } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { Char, DateTime, double, PsObject, TimeSpan, type Value } from '../values/value.ts';
import type { WindowsEnvironment } from '../../os/environment.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { expandVariables } from '../commands/registry/values.ts';
import { ExitSignal } from '../engine/signals.ts';
import { createUri } from './collections.ts';
import { directoryMembers, fileMembers } from './io-classes.ts';
import { enumeration, servicePointMembers } from './net-classes.ts';
import { regexMembers } from './regex-class.ts';
import { identityMembers, roleMembers } from './security-classes.ts';
import { parseDate } from '../values/parse-date.ts';
import { dnsMembers, ipAddress } from '../net/dns-class.ts';
import { encodingObject } from './encodings.ts';

export type StaticMethod = (args: readonly Value[], session: Session) => Value | Promise<Value>;

export interface StaticMembers {
  readonly properties?: Readonly<Record<string, (session: Session) => Value>>;
  readonly methods?: Readonly<Record<string, StaticMethod>>;
  readonly setters?: Readonly<Record<string, (value: Value) => void>>;
}

const real = (value: Value | undefined): number => Number(coerceNumber(value ?? null)?.value ?? NaN);
const text = (value: Value | undefined): string => toText(value ?? null);

/** Whole arguments of [Math] keep their type; others are Doubles. */
const sameType =
  (compute: (...numbers: number[]) => number): StaticMethod =>
  (args) =>
    args.every((arg) => typeof arg === 'number')
      ? (numberOf('int', compute(...args.map(real))) ?? double(compute(...args.map(real))))
      : double(compute(...args.map(real)));

const onReals =
  (compute: (...numbers: number[]) => number): StaticMethod =>
  (args) =>
    double(compute(...args.map(real)));

const roundTo = (value: number, places: number): number => {
  const scale = 10 ** places;
  return roundHalfEven(Number((value * scale).toPrecision(15))) / scale;
};

const badBase64 = (): never => {
  throw new RuntimeFailure(
    'FormatException',
    'Exception calling "FromBase64String" with "1" argument(s): "The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters. "',
    {
      category: 'NotSpecified',
      type: 'System.Management.Automation.MethodInvocationException',
    },
  );
};

const fromBase64 = (from: string): Uint8Array => {
  const clean = from.replace(/\s/g, '');
  return clean.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(clean)
    ? Uint8Array.from(Buffer.from(clean, 'base64'))
    : badBase64();
};

const bytesOf = (value: Value | undefined): Uint8Array => convert(value ?? null, 'byte[]') as Uint8Array;

const limits = (type: Parameters<typeof numberOf>[0], least: bigint, most: bigint): StaticMembers => ({
  properties: { minvalue: () => numberOf(type, least), maxvalue: () => numberOf(type, most) },
  methods: { parse: ([value]) => convert(value ?? null, type === 'long' ? 'long' : type) },
});

const guid = (value: string): PsObject =>
  new PsObject(['System.Guid'], [['Guid', value]], { text: value, methods: { tostring: () => value } });

/** Variables of the user and the machine are values of the registry; the running process keeps its own. */
const setVariable = async (name: string, value: string, target: string, { machine }: Session): Promise<void> => {
  if (target === '' || target === 'process') {
    machine.environment.set(name, value);
    return;
  }
  const registry = machine.registry();
  const path =
    target === 'user'
      ? 'HKEY_CURRENT_USER\\Environment'
      : 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
  const key = registry.locate(path);
  if (key === null) return;
  if (value === '') await registry.deleteValue(key, name);
  else await registry.setValue(key, name, { type: 'REG_SZ', data: value });
};

/** Environment.GetFolderPath, for the folders that this drive has. */
const folderPath = (name: string, environment: WindowsEnvironment): string => {
  const profile = environment.get('USERPROFILE') ?? 'C:\\Users\\Public';
  const folders: Readonly<Record<string, string>> = {
    desktop: `${profile}\\Desktop`,
    mydocuments: `${profile}\\Documents`,
    personal: `${profile}\\Documents`,
    userprofile: profile,
    applicationdata: `${profile}\\AppData\\Roaming`,
    localapplicationdata: `${profile}\\AppData\\Local`,
    commonapplicationdata: 'C:\\ProgramData',
    startup: `${profile}\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup`,
    commonstartup: 'C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\StartUp',
    system: 'C:\\Windows\\system32',
    windows: 'C:\\Windows',
    programfiles: 'C:\\Program Files',
  };
  const found = folders[name.toLowerCase()];
  if (found === undefined) throw new NotImplemented(`[Environment]::GetFolderPath('${name}')`);
  return found;
};

/** Static members of a type, by its name with or without `System.`. */
export const staticsOf = (type: string): StaticMembers | undefined => {
  const name = type.toLowerCase();
  return statics[name] ?? statics[`system.${name}`];
};

/** Static members by lower-case full name of the type. What is not here fails loudly. */
const statics: Readonly<Record<string, StaticMembers>> = {
  'system.int32': limits('int', -(2n ** 31n), 2n ** 31n - 1n),
  'system.int64': limits('long', -(2n ** 63n), 2n ** 63n - 1n),
  'system.byte': limits('byte', 0n, 255n),
  'system.math': {
    properties: { pi: () => double(Math.PI), e: () => double(Math.E) },
    methods: {
      abs: sameType(Math.abs),
      max: sameType(Math.max),
      min: sameType(Math.min),
      floor: onReals(Math.floor),
      ceiling: onReals(Math.ceil),
      truncate: onReals(Math.trunc),
      sqrt: onReals(Math.sqrt),
      pow: onReals(Math.pow),
      log: onReals((value, base) => (base === undefined ? Math.log(value) : Math.log(value) / Math.log(base))),
      round: onReals((value, places) => roundTo(value, places ?? 0)),
    },
  },
  'system.string': {
    properties: { empty: () => '' },
    methods: {
      isnullorempty: ([value]) => text(value) === '',
      isnullorwhitespace: ([value]) => text(value).trim() === '',
      join: ([separator, ...items]) =>
        (items.length === 1 ? asList(items[0] ?? null) : items).map(toText).join(text(separator)),
      concat: (items) => (items.length === 1 ? asList(items[0] ?? null) : items).map(toText).join(''),
    },
  },
  'system.convert': {
    methods: {
      tobase64string: ([bytes]) => Buffer.from(bytesOf(bytes)).toString('base64'),
      frombase64string: ([value]) => fromBase64(text(value)),
      toint32: ([value, base]) =>
        base === undefined ? convert(value ?? null, 'int') : parseInt(text(value), real(base)),
      tostring: ([value, base]) => (base === undefined ? text(value) : (real(value) >>> 0).toString(real(base))),
      tobyte: ([value, base]) =>
        convert(base === undefined ? (value ?? null) : parseInt(text(value), real(base)), 'byte'),
      tochar: ([value]) => convert(value ?? null, 'char'),
    },
  },
  'system.datetime': {
    properties: {
      now: ({ machine }) => new DateTime(machine.now()),
      utcnow: ({ machine }) => new DateTime(machine.now(), 'utc'),
      today: ({ machine }) => new DateTime(new Date(machine.now()).setHours(0, 0, 0, 0)),
    },
    methods: { parse: ([value]) => parseDate(text(value)) ?? convert(value ?? null, 'datetime') },
  },
  'system.timespan': {
    methods: {
      fromseconds: ([value]) => new TimeSpan(real(value) * 1000),
      fromminutes: ([value]) => new TimeSpan(real(value) * 60_000),
      fromhours: ([value]) => new TimeSpan(real(value) * 3_600_000),
      frommilliseconds: ([value]) => new TimeSpan(real(value)),
    },
  },
  'system.guid': {
    properties: { empty: () => guid('00000000-0000-0000-0000-000000000000') },
    methods: { newguid: (_, { machine }) => guid(machine.uuid()), parse: ([value]) => guid(text(value).toLowerCase()) },
  },
  'system.environment': {
    properties: {
      machinename: ({ machine }) => machine.environment.get('COMPUTERNAME') ?? '',
      username: ({ machine }) => machine.environment.get('USERNAME') ?? '',
      userdomainname: ({ machine }) => machine.environment.get('USERDOMAIN') ?? '',
      newline: () => '\r\n',
      currentdirectory: ({ location }) => location,
      is64bitoperatingsystem: () => true,
      is64bitprocess: () => true,
      processorcount: ({ machine }) => Number(machine.environment.get('NUMBER_OF_PROCESSORS') ?? 1),
    },
    methods: {
      getenvironmentvariable: ([name], { machine }) => machine.environment.get(text(name)) ?? null,
      setenvironmentvariable: async ([name, value, target], session) => {
        await setVariable(text(name), text(value), text(target).toLowerCase(), session);
        return null;
      },
      getfolderpath: ([folder], { machine }) => folderPath(text(folder), machine.environment),
      expandenvironmentvariables: ([value], { machine }) => expandVariables(text(value), machine.environment),
      exit: ([code]) => {
        throw new ExitSignal(real(code) || 0);
      },
    },
  },
  'system.text.encoding': encodings(),
  'system.io.path': pathMembers(),
  'system.io.file': fileMembers,
  'system.io.directory': directoryMembers,
  'system.net.dns': dnsMembers,
  'system.net.ipaddress': {
    properties: { any: () => ipAddress('0.0.0.0'), loopback: () => ipAddress('127.0.0.1') },
    methods: { parse: ([value]) => ipAddress(text(value)) },
  },
  'system.net.servicepointmanager': servicePointMembers,
  'system.net.securityprotocoltype': enumeration('SystemDefault', 'Ssl3', 'Tls', 'Tls11', 'Tls12', 'Tls13'),
  'system.io.compression.compressionmode': enumeration('Compress', 'Decompress'),
  'system.io.compression.compressionlevel': enumeration('Optimal', 'Fastest', 'NoCompression'),
  'system.io.filemode': enumeration('CreateNew', 'Create', 'Open', 'OpenOrCreate', 'Truncate', 'Append'),
  'system.text.regularexpressions.regex': regexMembers,
  'system.security.principal.windowsidentity': identityMembers,
  'system.security.principal.windowsbuiltinrole': roleMembers,
  'system.gc': { methods: { collect: () => null, waitforpendingfinalizers: () => null } },
  'system.threading.thread': {
    methods: {
      sleep: async ([value], { machine }) => {
        await machine.sleep(real(value));
        return null;
      },
    },
  },
  'system.uri': {
    methods: {
      escapedatastring: ([value]) => encodeURIComponent(text(value)),
      unescapedatastring: ([value]) => decodeURIComponent(text(value)),
      new: ([value]) => createUri(text(value)),
    },
  },
  'system.char': {
    methods: {
      isdigit: ([value]) => /^\d$/.test(text(value)),
      isletter: ([value]) => /^\p{L}$/u.test(text(value)),
      toupper: ([value]) => new Char(text(value).toUpperCase()),
      tolower: ([value]) => new Char(text(value).toLowerCase()),
    },
  },
  'system.array': {
    methods: {
      reverse: ([list]) => {
        if (Array.isArray(list)) list.reverse();
        else if (list instanceof Uint8Array) list.reverse();
        return null;
      },
      indexof: ([list, item]) => asList(list ?? null).findIndex((known) => toText(known) === text(item)),
    },
  },
};

function encodings(): StaticMembers {
  return {
    properties: {
      utf8: () => encodingObject('utf8'),
      unicode: () => encodingObject('utf16le'),
      ascii: () => encodingObject('ascii'),
      default: () => encodingObject('latin1'),
    },
  };
}

function pathMembers(): StaticMembers {
  return {
    methods: {
      combine: (parts) =>
        parts
          .map(toText)
          .reduce((path, part) => (/^([a-z]:|\\)/i.test(part) ? part : `${path.replace(/\\$/, '')}\\${part}`)),
      getfilename: ([path]) => text(path).replace(/^.*[\\/]/, ''),
      getdirectoryname: ([path]) => text(path).replace(/[\\/][^\\/]*$/, ''),
      getextension: ([path]) => /\.[^.\\/]*$/.exec(text(path))?.[0] ?? '',
      getfilenamewithoutextension: ([path]) =>
        text(path)
          .replace(/^.*[\\/]/, '')
          .replace(/\.[^.]*$/, ''),
      gettemppath: (_, { machine }) => `${machine.environment.get('TEMP') ?? 'C:\\Windows\\Temp'}\\`,
    },
  };
}
