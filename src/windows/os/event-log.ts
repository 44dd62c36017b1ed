import { connect, type Socket } from 'node:net';
import type { Handover, HandoverStatement, LogRecord } from '../../model/in-host.ts';

/** Where components write their records. `write` resolves when the record is safe: no record is lost with its process. */
export interface EventLog {
  write(record: Omit<LogRecord, 'pid' | 'timeMicros'>): Promise<void>;
  close(): void;
}

/** A service's: it also says for whom it does what it does. */
export interface ServiceEventLog extends EventLog {
  handOver(statement: HandoverStatement): Promise<void>;
}

const untilConnected = (path: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (cause) => reject(new Error(`the event log does not answer: ${cause.message}`, { cause })));
  });

/** One answered line. An end of the connection before it means that the record may be lost. */
const untilAnswered = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (act: () => void) => (): void => {
      socket.off('data', onData).off('close', onClose).off('error', onClose);
      act();
    };
    const onClose = settle(() => reject(new Error('the event log went away before it confirmed a record')));
    const onAnswer = settle(resolve);
    const onData = (chunk: Buffer): void => {
      if (chunk.includes(10)) onAnswer();
    };
    socket.on('data', onData).once('close', onClose).once('error', onClose);
  });

/** Connects on the first record; one connection a process. */
export const openEventLog = (socketPath: string): ServiceEventLog => {
  let connection: Promise<Socket> | undefined;
  let last = Promise.resolve();
  const send = async (record: LogRecord | Handover): Promise<void> => {
    const socket = await (connection ??= untilConnected(socketPath));
    const answered = untilAnswered(socket);
    socket.write(`${JSON.stringify(record)}\n`);
    await answered;
  };
  const sendNext = (record: LogRecord | Handover): Promise<void> => (last = last.then(() => send(record)));
  const sender = (): Pick<LogRecord, 'pid' | 'timeMicros'> => ({ pid: process.pid, timeMicros: Date.now() * 1000 });
  return {
    write: (record) => sendNext({ ...record, ...sender() }),
    handOver: (statement) => sendNext({ ...statement, ...sender() }),
    close: () =>
      void connection?.then(
        (socket) => socket.destroy(),
        () => undefined,
      ),
  };
};
