import { connect } from 'node:net';
import { markerVariable } from '../../model/in-host.ts';
import type { WindowsEnvironment } from './environment.ts';

/** Who asks a service. The process is looked up in the trace: what it says of itself is not believed. */
export interface Caller {
  readonly pid: number;
  /** `LAB\analyst`. */
  readonly user: string;
  /** The marker of the harness in its environment, for what is started in its name to carry. */
  readonly marker: string | null;
}

export const callerOf = (environment: WindowsEnvironment): Caller => ({
  pid: process.pid,
  user: `${environment.get('USERDOMAIN') ?? ''}\\${environment.get('USERNAME') ?? ''}`,
  marker: environment.get(markerVariable) ?? null,
});

/** RPC_S_SERVER_UNAVAILABLE as an HRESULT: the service is not there, which is Windows' own failure and not ours. */
export const serviceUnavailable = 0x8007_06ba;

/** One line to a service and its line back, on a connection of their own; null where nobody answers. An abstract socket begins with `@`. */
export const callService = (socket: string, request: unknown): Promise<string | null> =>
  new Promise((resolve) => {
    let text = '';
    const connection = connect(socket.replace(/^@/, '\0'), () => connection.write(`${JSON.stringify(request)}\n`));
    connection.setEncoding('utf8');
    connection.on('data', (chunk: string) => (text += chunk));
    connection.on('error', () => resolve(null));
    connection.on('close', () => resolve(text.includes('\n') ? text : null));
  });
