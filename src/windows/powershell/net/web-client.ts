import { writeFileSync } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { noResult } from '../engine/results.ts';
import type { Session } from '../engine/session.ts';
import type { HttpResponse } from '../http/client.ts';
import { HttpFailure } from '../http/client.ts';
import { toText } from '../values/text.ts';
import { Dictionary, PsObject, type Value } from '../values/value.ts';
import { asMethod, methodFailure } from './method-failure.ts';

/** HttpWebRequest's own time limit. */
const timeout = 100_000;

const redirections = 50;

/** A System.Net.WebClient. It says nothing of itself: no User-Agent unless the script gives one. */
export const createWebClient = (session: Session): PsObject => {
  const headers = new Dictionary(true);

  const send = async (method: string, given: Value | undefined, body: Uint8Array | null): Promise<HttpResponse> => {
    const url = urlOf(toText(given ?? null));
    const own = headers.entries().map(headerOf);
    const response = await session.machine.http().send({ method, url, headers: own, body, timeout, redirections });
    if (response.status < 400) return response;
    throw new HttpFailure(
      'ProtocolError',
      `The remote server returned an error: (${response.status}) ${response.reason}.`,
    );
  };

  const download = (name: string, args: readonly Value[]): Promise<HttpResponse> =>
    asMethod(name, args.length, () => send('GET', args[0], null));

  return new PsObject(['System.Net.WebClient', 'System.ComponentModel.Component'], [['Headers', headers]], {
    methods: {
      downloadstring: async (args) => textOf(await download('DownloadString', args)),
      downloaddata: async (args) => Uint8Array.from((await download('DownloadData', args)).body),
      downloadfile: async (args) => {
        const { body } = await download('DownloadFile', args);
        save(toText(args[1] ?? null), body, args.length, session);
        return noResult;
      },
      uploadstring: async (args) => {
        const [url, method, text] = args.length > 2 ? args : [args[0], 'POST', args[1]];
        const body = Buffer.from(toText(text ?? null), 'latin1');
        const sent = asMethod('UploadString', args.length, () => send(toText(method ?? null), url, body));
        return textOf(await sent);
      },
      dispose: () => noResult,
    },
    missing: [
      'Proxy',
      'Credentials',
      'Encoding',
      'QueryString',
      'ResponseHeaders',
      'UseDefaultCredentials',
      'BaseAddress',
    ],
  });
};

/** `Headers.Add("Name: value")` is one argument. */
const headerOf = ([name, value]: readonly [Value, Value]): [string, string] => {
  const [, key, rest] = value === null ? (/^([^:]+):\s*(.*)$/.exec(toText(name)) ?? []) : [];
  return [key ?? toText(name), rest ?? toText(value)];
};

const urlOf = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw new NotImplemented(`WebClient for ${text}`);
  return url;
};

/** Without a charset it is the machine's own: Windows-1252, of which this is all but 27 characters. */
const textOf = ({ headers, body }: HttpResponse): string => {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return Buffer.from(body).toString(/charset="?utf-8/i.test(type) ? 'utf8' : 'latin1');
};

const save = (path: string, body: Uint8Array, args: number, { location, machine }: Session): void => {
  const file = findPath(path, location, machine.drive);
  const failed = (): never => {
    throw methodFailure(
      'DownloadFile',
      args,
      'System.Net.WebException',
      'An exception occurred during a WebClient request.',
    );
  };
  if (file === null) return failed();
  try {
    writeFileSync(file.host, body);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    failed();
  }
};
