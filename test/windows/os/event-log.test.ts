import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openEventLog } from '../../../src/windows/os/event-log.ts';

const record = { channel: 'c', provider: 'p', eventId: 4104, data: { ScriptBlockText: 'a\nb' } };

describe('the event log', () => {
  let folder: string;
  let server: Server | undefined;
  const path = (): string => join(folder, 'records.sock');
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tocsin-log-'))));
  afterEach(() => {
    server?.close();
    rmSync(folder, { recursive: true });
  });

  const listen = (onLine: (line: string, answer: () => void, hangUp: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      server = createServer((socket) => {
        let rest = '';
        socket.on('data', (chunk) => {
          const lines = (rest + chunk.toString()).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines)
            onLine(
              line,
              () => socket.write('\n'),
              () => socket.destroy(),
            );
        });
      }).listen(path(), resolve);
    });

  const failure = (promise: Promise<void>): Promise<string> =>
    promise.then(
      () => 'no failure',
      (error: Error) => error.message,
    );

  it('writes a record as one line, with pid and time', async () => {
    const lines: string[] = [];
    await listen((line, answer) => {
      lines.push(line);
      answer();
    });
    const log = openEventLog(path());
    await Promise.all([log.write(record), log.write({ ...record, eventId: 4105 })]);
    log.close();
    const written = lines.map((line) => JSON.parse(line) as { pid: number; eventId: number; timeMicros: number });
    expect(written.map(({ pid, eventId }) => [pid, eventId])).to.deep.equal([
      [process.pid, 4104],
      [process.pid, 4105],
    ]);
    expect(written[0]?.timeMicros).to.be.closeTo(Date.now() * 1000, 60_000_000);
  });

  it('resolves no write before it is answered', async () => {
    let answer: (() => void) | undefined;
    await listen((_, reply) => (answer = reply));
    const log = openEventLog(path());
    let done = false;
    const write = log.write(record).then(() => (done = true));
    while (answer === undefined) await new Promise((resolve) => setImmediate(resolve));
    expect(done).to.equal(false);
    answer();
    await write;
    log.close();
  });

  it('fails when nobody listens', async () => {
    expect(await failure(openEventLog(path()).write(record))).to.match(/^the event log does not answer/);
  });

  it('fails when the listener goes away unanswered', async () => {
    await listen((_line, _answer, hangUp) => hangUp());
    expect(await failure(openEventLog(path()).write(record))).to.equal(
      'the event log went away before it confirmed a record',
    );
  });
});
