import { NotImplemented } from '../os/not-implemented.ts';

export interface CertutilOptions {
  readonly url: string;
  /** Null: the last part of the URL. */
  readonly file: string | null;
  readonly split: boolean;
  readonly force: boolean;
}

/** Options begin with `-` or `/`, in any case and order. */
export const readCertutilOptions = (args: readonly string[]): CertutilOptions => {
  const options = args.filter((arg) => /^[-/][a-z]/i.test(arg)).map((arg) => arg.slice(1).toLowerCase());
  const [url, file, ...more] = args.filter((arg) => !/^[-/][a-z]/i.test(arg));
  const unknown = options.filter((option) => !['urlcache', 'split', 'f'].includes(option));
  if (!options.includes('urlcache') || unknown.length > 0 || url === undefined || more.length > 0)
    throw new NotImplemented(`certutil ${args.join(' ')}`);
  return { url, file: file ?? null, split: options.includes('split'), force: options.includes('f') };
};
