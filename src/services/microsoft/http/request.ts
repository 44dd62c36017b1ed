import type { IncomingMessage } from 'node:http';
import type { ServiceClient } from '../../../model/service-log.ts';

/** A request of a client, read whole. */
export interface ApiRequest {
  readonly method: string;
  /** In lower case, without a port. */
  readonly host: string;
  /** Decoded segments of the path, without empty ones. */
  readonly path: readonly string[];
  readonly target: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly client: ServiceClient;
  /** Of a header, or of none the empty text. */
  header(name: string): string;
}

/** What is wrong with a request before anyone looks at what it asks. */
export class BadRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const bodyLimit = 1024 * 1024;

export const clientOf = ({ socket }: IncomingMessage): ServiceClient => ({
  ip: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
  port: socket.remotePort ?? 0,
  transport: 'tcp',
});

/** Throws `BadRequest`. */
export const readRequest = async (message: IncomingMessage, client: ServiceClient): Promise<ApiRequest> => {
  const target = message.url ?? '/';
  const { pathname, searchParams } = parseTarget(target);
  const header = (name: string): string => {
    const value = message.headers[name.toLowerCase()];
    return typeof value === 'string' ? value : (value?.[0] ?? '');
  };
  return {
    method: message.method ?? '',
    host: header('host').toLowerCase().replace(/:\d+$/, ''),
    path: pathname.split('/').filter(Boolean).map(decode),
    target,
    query: searchParams,
    body: await readBody(message),
    client,
    header,
  };
};

const parseTarget = (target: string): URL => {
  try {
    return new URL(target, 'https://service.invalid');
  } catch {
    throw new BadRequest(400, 'the target of the request is no URL');
  }
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new BadRequest(400, 'the path of the request is not encoded as URLs are');
  }
};

const readBody = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new BadRequest(413, `the body has more than ${bodyLimit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** Of a body of JSON: an object, or null. */
export const jsonBody = ({ body }: ApiRequest): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
};

/** Text of a member, or null when it is none. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
