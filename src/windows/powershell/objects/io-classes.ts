import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import type { WindowsPath } from '../../os/windows-path.ts';
import type { Session } from '../engine/session.ts';
import { methodFailure } from '../net/method-failure.ts';
import { asList, convert } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import type { StaticMembers, StaticMethod } from './statics.ts';

/** .NET's current folder is the process's, not the session's; both are where PowerShell was started unless a script moved. */
const fileOf = (path: Value | undefined, { location, machine }: Session): WindowsPath => {
  const file = findPath(toText(path ?? null), location, machine.drive);
  if (file === null) throw new NotImplemented(`a file at ${toText(path ?? null)}`);
  return file;
};

/** What the system refuses is the exception of .NET. */
const attempt = <T>(method: string, args: readonly Value[], file: WindowsPath, act: () => T): T => {
  try {
    return act();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw methodFailure(
        method,
        args.length,
        'System.IO.FileNotFoundException',
        `Could not find file '${file.windows}'.`,
      );
    if (code === 'EEXIST')
      throw methodFailure(method, args.length, 'System.IO.IOException', `The file '${file.windows}' already exists.`);
    throw methodFailure(
      method,
      args.length,
      'System.UnauthorizedAccessException',
      `Access to the path '${file.windows}' is denied.`,
    );
  }
};

const onFile =
  (name: string, act: (file: WindowsPath, args: readonly Value[], session: Session) => Value): StaticMethod =>
  (args, session) => {
    const file = fileOf(args[0], session);
    return attempt(name, args, file, () => act(file, args, session));
  };

const textOf = (bytes: Buffer): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
};

const linesOf = (text: string): string[] => {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

const joined = (value: Value | undefined): string =>
  asList(value ?? null)
    .map((line) => `${toText(line)}\r\n`)
    .join('');

const isKind = (file: WindowsPath, folder: boolean): boolean =>
  statSync(file.host, { throwIfNoEntry: false })?.isDirectory() === folder;

/** [System.IO.File]. Text is UTF-8 without a mark. */
export const fileMembers: StaticMembers = {
  methods: {
    exists: ([path], session) => isKind(fileOf(path, session), false),
    readalltext: onFile('ReadAllText', (file) => textOf(readFileSync(file.host))),
    readalllines: onFile('ReadAllLines', (file) => linesOf(textOf(readFileSync(file.host)))),
    readallbytes: onFile('ReadAllBytes', (file) => Uint8Array.from(readFileSync(file.host))),
    writealltext: onFile('WriteAllText', (file, args) => done(writeFileSync(file.host, toText(args[1] ?? null)))),
    writealllines: onFile('WriteAllLines', (file, args) => done(writeFileSync(file.host, joined(args[1])))),
    writeallbytes: onFile('WriteAllBytes', (file, args) =>
      done(writeFileSync(file.host, convert(args[1] ?? null, 'byte[]') as Uint8Array)),
    ),
    appendalltext: onFile('AppendAllText', (file, args) => done(appendFileSync(file.host, toText(args[1] ?? null)))),
    delete: onFile('Delete', (file) => done(rmSync(file.host, { force: true }))),
    copy: onFile('Copy', (file, args, session) => {
      const target = fileOf(args[1], session);
      if (args[2] !== true && existsSync(target.host))
        throw methodFailure(
          'Copy',
          args.length,
          'System.IO.IOException',
          `The file '${target.windows}' already exists.`,
        );
      return done(copyFileSync(file.host, target.host));
    }),
    move: onFile('Move', (file, args, session) => done(renameSync(file.host, fileOf(args[1], session).host))),
  },
};

const done = (_: void): null => null;

/** [System.IO.Directory]. */
export const directoryMembers: StaticMembers = {
  methods: {
    exists: ([path], session) => isKind(fileOf(path, session), true),
    createdirectory: onFile('CreateDirectory', (file) => {
      mkdirSync(file.host, { recursive: true });
      return null;
    }),
    delete: onFile('Delete', (file, args) => done(rmSync(file.host, { recursive: args[1] === true }))),
    getfiles: onFile('GetFiles', (file) => entries(file, false)),
    getdirectories: onFile('GetDirectories', (file) => entries(file, true)),
    getcurrentdirectory: (_, { location }) => location,
  },
};

const entries = (folder: WindowsPath, folders: boolean): Value[] =>
  readdirSync(folder.host, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() === folders)
    .map(({ name }) => `${folder.windows.replace(/\\$/, '')}\\${name}`)
    .sort();
