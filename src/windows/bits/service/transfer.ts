import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ServiceEventLog } from '../../os/event-log.ts';
import {
  HttpFailure,
  type HttpClient,
  type HttpFailureStatus,
  type HttpResponse,
} from '../../powershell/http/client.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { bitsResults } from '../protocol.ts';
import type { JobFile } from './job.ts';

/** Why a file did not come: an HRESULT, and whether the service tries again by itself. */
export class TransferFailure extends Error {
  readonly code: number;
  readonly passes: boolean;

  constructor(code: number, passes: boolean) {
    super(`0x${code.toString(16)}`);
    this.code = code;
    this.passes = passes;
  }
}

/** The network, as the service uses it for one request of its own numbering: each connection is stated before it is made. */
export interface BitsNetwork {
  open(request: number): HttpClient;
}

export interface TransferParts {
  readonly eventLog: ServiceEventLog;
  readonly network: BitsNetwork;
  readonly random: () => number;
}

const userAgent = 'Microsoft BITS/7.8';
const timeoutMs = 300_000;

/** Real ranges are as long as a slice of measured bandwidth allows; a lab's files arrive in one of these or a few. */
const rangeBytes = 4 * 1024 * 1024;

const failures: Readonly<Partial<Record<HttpFailureStatus, number>>> = {
  ConnectFailure: bitsResults.cannotConnect,
  NameResolutionFailure: bitsResults.nameNotResolved,
  Timeout: bitsResults.timeout,
  ReceiveFailure: bitsResults.connectionAborted,
  ConnectionClosed: bitsResults.connectionAborted,
};

/** HTTP_E_STATUS_…; server errors may pass, what the request itself is refused for does not. */
const statusFailure = (status: number): TransferFailure =>
  new TransferFailure((0x8019_0000 | status) >>> 0, status >= 500);

const headerOf = ({ headers }: HttpResponse, name: string): string | null =>
  headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? null;

/** `BIT3A7F.tmp`, beside the file that it becomes. */
const temporaryName = (random: () => number): string =>
  `BIT${Math.floor(random() * 0x10000)
    .toString(16)
    .toUpperCase()
    .padStart(4, '0')}.tmp`;

/** The server's word on a file, from which `fetchFile` goes on. */
export interface Offer {
  readonly size: number;
  readonly lastModified: string | null;
}

const send = async (
  http: HttpClient,
  method: string,
  url: string,
  more: readonly (readonly [string, string])[] = [],
): Promise<HttpResponse> => {
  try {
    return await http.send({
      method,
      url: new URL(url),
      headers: [['Accept', '*/*'], ['Accept-Encoding', 'identity'], ...more, ['User-Agent', userAgent]],
      body: null,
      timeout: timeoutMs,
      redirections: 0,
    });
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    const code = failures[error.status];
    if (code === undefined) throw new NotImplemented(`what BITS says of ${error.status}`);
    throw new TransferFailure(code, true);
  }
};

/** HEAD: how large the file is. */
export const askForFile = async ({ url }: JobFile, http: HttpClient): Promise<Offer> => {
  const response = await send(http, 'HEAD', url);
  if (response.status >= 300 && response.status < 400) throw new NotImplemented('redirections of a BITS job');
  if (response.status !== 200) throw statusFailure(response.status);
  const size = headerOf(response, 'content-length');
  if (size === null || !/^\d+$/.test(size)) throw new TransferFailure(bitsResults.missingFileSize, false);
  return { size: Number(size), lastModified: headerOf(response, 'last-modified') };
};

/** GET by ranges, into a temporary file in the folder of the file's own. */
export const fetchFile = async (
  file: JobFile,
  { size, lastModified }: Offer,
  request: number,
  http: HttpClient,
  { eventLog, random }: TransferParts,
): Promise<void> => {
  file.temporary ??= `${dirname(file.host)}/${temporaryName(random)}`;
  file.transferred = 0;
  await eventLog.handOver({ request, file: file.temporary });
  const target = openSync(file.temporary, 'w');
  try {
    while (file.transferred < size) {
      const last = Math.min(file.transferred + rangeBytes, size) - 1;
      const unchanged = lastModified === null ? [] : [['If-Unmodified-Since', lastModified] as const];
      const range = ['Range', `bytes=${file.transferred}-${last}`] as const;
      const { status, body } = await send(http, 'GET', file.url, [...unchanged, range]);
      if (status === 200) throw new TransferFailure(bitsResults.insufficientRangeSupport, false);
      if (status !== 206) throw statusFailure(status);
      if (body.length === 0) throw new TransferFailure(bitsResults.connectionAborted, true);
      writeSync(target, body);
      file.transferred += body.length;
    }
  } finally {
    closeSync(target);
  }
};
