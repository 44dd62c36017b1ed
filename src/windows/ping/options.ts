import { NotImplemented } from '../os/not-implemented.ts';

export interface PingOptions {
  readonly target: string;
  /** Null until it is stopped: `-t`. */
  readonly count: number | null;
  /** Bytes of data. */
  readonly size: number;
  readonly timeoutMs: number;
  readonly ttl: number;
}

type Read = { readonly ok: true; readonly options: PingOptions } | { readonly ok: false; readonly message: string };

const bounds = {
  n: ['count', 1, 4_294_967_295],
  l: ['size', 0, 65_500],
  w: ['timeoutMs', 0, 4_294_967_295],
  i: ['ttl', 1, 255],
} as const;

const isValued = (name: string): name is keyof typeof bounds => Object.hasOwn(bounds, name);

/** Reads ping.exe's arguments, without the program. What it knows and this does not is not implemented. */
export const readPingOptions = (args: readonly string[]): Read => {
  const values: { count: number | null; size: number; timeoutMs: number; ttl: number } = {
    ...{ count: 4, size: 32, timeoutMs: 4000, ttl: 128 },
  };
  const targets: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    const name = /^[-/](.+)$/.exec(arg)?.[1]?.toLowerCase();
    if (name === undefined) targets.push(arg);
    else if (name === 't') values.count = null;
    else if (isValued(name)) {
      const [what, least, most] = bounds[name];
      const text = args[++index];
      if (text === undefined) return { ok: false, message: `Value must be supplied for option -${name}.` };
      const value = Number(text);
      if (!Number.isInteger(value) || value < least || value > most)
        return { ok: false, message: `Bad value for option -${name}, valid range is from ${least} to ${most}.` };
      values[what] = value;
    } else if (name !== '4') throw new NotImplemented(`ping ${arg}`);
  }
  const [target, other] = targets;
  if (target === undefined) return { ok: false, message: 'IP address must be specified.' };
  if (other !== undefined) return { ok: false, message: `Bad parameter ${other}.` };
  return { ok: true, options: { target, ...values } };
};
