import { NotImplemented } from '../os/not-implemented.ts';
import { RegFailure, type RegHost } from './context.ts';
import { query } from './query.ts';
import { add, copy, exportKey, importFile, remove } from './verbs.ts';

const verbs: Readonly<Record<string, (args: readonly string[], host: RegHost) => Promise<void>>> = {
  add,
  copy,
  delete: remove,
  export: exportKey,
  import: importFile,
  query,
};

/** Real and not here: they need hives in the kernel's own format, or another machine. */
const missing = ['save', 'restore', 'load', 'unload', 'compare', 'flags'];

/** `reg VERB …`; gives the exit code. */
export const runReg = async ([verb = '', ...args]: readonly string[], host: RegHost): Promise<number> => {
  const name = verb.toLowerCase();
  if (missing.includes(name)) throw new NotImplemented(`reg ${name}`);
  if (args.some((arg) => arg.startsWith('\\\\'))) throw new NotImplemented('the registry of another machine');
  const run = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  try {
    if (run === undefined) throw new RegFailure('ERROR: Invalid syntax.\r\nType "REG /?" for usage.');
    await run(args, host);
    return 0;
  } catch (error) {
    if (!(error instanceof RegFailure)) throw error;
    if (error.message !== '') host.error(`${error.message}\r\n`);
    return 1;
  }
};
