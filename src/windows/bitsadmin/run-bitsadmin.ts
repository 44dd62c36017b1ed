import { NotImplemented } from '../os/not-implemented.ts';
import { crlf } from '../os/stdio.ts';
import type { BitsClient } from '../bits/client.ts';
import { priorities, type BitsRequest, type JobInfo, type Priority } from '../bits/protocol.ts';
import { banner, failureOf, hex, lineOf, textOf } from './texts.ts';

export interface BitsadminHost {
  readonly bits: BitsClient;
  readonly write: (text: string) => void;
}

/** Ends the program with this exit code; what there is to say has been said. */
class Failure extends Error {
  readonly code: number;

  constructor(code: number) {
    super(hex(code));
    this.code = code;
  }
}

type Command = (args: readonly string[], host: Console) => Promise<void>;

interface Console {
  readonly say: (text: string) => void;
  readonly fail: (text: string) => never;
  /** Asks the service; `what` could not be done where it refuses. */
  readonly ask: (request: BitsRequest, what: string) => Promise<readonly JobInfo[]>;
}

const isGuid = (text: string): boolean => /^\{[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}$/i.test(text);

const one = async (request: BitsRequest, what: string, { ask }: Console): Promise<JobInfo> => {
  const [job] = await ask(request, what);
  if (job === undefined) throw new Error('the service answered without a job');
  return job;
};

/** By its identifier, or by a name that one job alone has. */
const find = async (name: string, console: Console): Promise<JobInfo> => {
  const jobs = await console.ask({ operation: 'list' }, 'lookup job');
  const byId = isGuid(name) ? jobs.find(({ id }) => id === name.toUpperCase()) : undefined;
  const named = byId === undefined ? jobs.filter((job) => job.name === name) : [byId];
  const [found] = named;
  if (found === undefined) return console.fail(`Unable to find job named "${name}".`);
  if (named.length > 1)
    console.fail(`Found ${named.length} jobs named "${name}".\nUse the job identifier instead of the job name.`);
  return found;
};

const count = (args: readonly string[], wanted: number, { fail }: Console): void => {
  if (args.length !== wanted) fail('Invalid number of arguments.');
};

const readPriority = (text: string, { fail }: Console): Priority =>
  priorities.find((priority) => priority === text.toUpperCase()) ?? fail('Invalid priority.');

/** Options of a type before the name; downloads are the only ones that the persona makes. */
const withoutType = (args: readonly string[], verb: string): readonly string[] => {
  const types = args.filter((arg) => /^\/(download|upload|upload-reply)$/i.test(arg));
  if (types.some((type) => !/^\/download$/i.test(type)))
    throw new NotImplemented(`bitsadmin ${verb} ${types.join(' ')}`);
  return args.filter((arg) => !types.includes(arg));
};

const transfer: Command = async (args, console) => {
  // The first word is the name, whatever it looks like.
  const [name = '', ...given] = args;
  const rest = withoutType(given, '/transfer');
  let priority: Priority = 'NORMAL';
  const words: string[] = [];
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? '';
    if (/^\/priority$/i.test(word)) priority = readPriority(rest[++index] ?? '', console);
    else if (/^\/(aclflags|dynamic)$/i.test(word)) throw new NotImplemented(`bitsadmin /transfer ${word}`);
    else words.push(word);
  }
  if (name === '' || words.length === 0 || words.length % 2 === 1) console.fail('Invalid number of arguments.');
  const { id: job } = await one({ operation: 'create', name }, 'create job', console);
  try {
    await console.ask({ operation: 'priority', job, priority }, 'set priority');
    for (let index = 0; index < words.length; index += 2) {
      const [url = '', file = ''] = words.slice(index);
      await console.ask({ operation: 'add', job, url, file }, 'add file');
    }
    await console.ask({ operation: 'resume', job }, 'resume job');
    const ended = await one({ operation: 'wait', job }, 'get job state', console);
    if (ended.state !== 'TRANSFERRED') {
      console.say(`\n${failureOf(ended)}`);
      throw new Failure(ended.error?.code ?? 1);
    }
    await console.ask({ operation: 'complete', job }, 'complete job');
  } catch (error) {
    if (error instanceof Failure) await console.ask({ operation: 'cancel', job }, 'cancel job');
    throw error;
  }
  console.say('\nTransfer complete.\n');
};

const create: Command = async (args, console) => {
  const names = withoutType(args, '/create');
  count(names, 1, console);
  const { id } = await one({ operation: 'create', name: names[0] ?? '' }, 'create group', console);
  console.say(`Created job ${id}.\n`);
};

const addFile: Command = async (args, console) => {
  count(args, 3, console);
  const [name = '', url = '', file = ''] = args;
  const { id: job } = await find(name, console);
  await console.ask({ operation: 'add', job, url, file }, 'add file to job');
  console.say(`Added ${url} -> ${file} to job.\n`);
};

const simple =
  (operation: 'resume' | 'suspend' | 'complete' | 'cancel', done: string): Command =>
  async (args, console) => {
    count(args, 1, console);
    const { id: job } = await find(args[0] ?? '', console);
    await console.ask({ operation, job }, `${operation} job`);
    console.say(`${done}\n`);
  };

const setPriority: Command = async (args, console) => {
  count(args, 2, console);
  const priority = readPriority(args[1] ?? '', console);
  const { id: job } = await find(args[0] ?? '', console);
  await console.ask({ operation: 'priority', job, priority }, 'set job priority');
  console.say(`Priority set to ${priority}.\n`);
};

const setNotifyCommandLine: Command = async (args, console) => {
  count(args, 3, console);
  const [name = '', program = '', given = ''] = args;
  const { id: job } = await find(name, console);
  const parameters = given === 'NULL' ? null : given;
  await console.ask({ operation: 'notify', job, program, parameters }, 'set the notification command line');
  console.say(`notification command line set to '${program}' '${given}'.\n`);
};

const verboseIsMissing = (args: readonly string[], verb: string): void => {
  if (args.some((arg) => /^\/(verbose|allusers)$/i.test(arg)))
    throw new NotImplemented(`bitsadmin ${verb} ${args.join(' ')}`);
};

const list: Command = async (args, console) => {
  verboseIsMissing(args, '/list');
  const jobs = await console.ask({ operation: 'list' }, 'enum jobs');
  console.say(`${jobs.map((job) => `${lineOf(job)}\n`).join('')}Listed ${jobs.length} job(s).\n`);
};

const info: Command = async (args, console) => {
  verboseIsMissing(args, '/info');
  count(args, 1, console);
  console.say(`${lineOf(await find(args[0] ?? '', console))}\n`);
};

const getState: Command = async (args, console) => {
  count(args, 1, console);
  console.say(`${(await find(args[0] ?? '', console)).state}\n`);
};

const commands: Readonly<Record<string, Command>> = {
  '/transfer': transfer,
  '/create': create,
  '/addfile': addFile,
  '/resume': simple('resume', 'Job resumed.'),
  '/suspend': simple('suspend', 'Job suspended.'),
  '/complete': simple('complete', 'Job completed.'),
  '/cancel': simple('cancel', 'Job canceled.'),
  '/setpriority': setPriority,
  '/setnotifycmdline': setNotifyCommandLine,
  '/list': list,
  '/info': info,
  '/getstate': getState,
};

/** The command that the arguments name; what bitsadmin has and the persona has not is said. */
const read = (args: readonly string[]): readonly [Command, readonly string[]] => {
  const [verb = '', ...rest] = /^\/(no)?wrap$/i.test(args[0] ?? '') ? args.slice(1) : args;
  const command = commands[verb.toLowerCase()];
  if (command === undefined) throw new NotImplemented(`bitsadmin ${args.join(' ')}`);
  return [command, rest];
};

/** Throws `NotImplemented` where the persona does not go along. */
export const readBitsadminCommand = (args: readonly string[]): void => void read(args);

/** bitsadmin.exe: arguments → exit code, an HRESULT where the service refused. It asks the service and does nothing itself. */
export const runBitsadmin = async (args: readonly string[], { bits, write }: BitsadminHost): Promise<number> => {
  const [command, rest] = read(args);
  const say = (text: string): void => write(crlf(text));
  const fail = (text: string): never => {
    say(`${text}\n`);
    throw new Failure(1);
  };
  const ask: Console['ask'] = async (request, what) => {
    const answer = await bits(request);
    if (answer.ok) return answer.jobs;
    const words = textOf(answer.code);
    say(`Unable to ${what} - ${hex(answer.code)}\n${words === null ? '' : `${words}\n`}`);
    throw new Failure(answer.code);
  };
  say(banner);
  try {
    await command(rest, { say, fail, ask });
    return 0;
  } catch (error) {
    if (error instanceof Failure) return error.code | 0;
    throw error;
  }
};
