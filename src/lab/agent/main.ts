import { unlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { assertNever } from '../../model/assert-never.ts';
import { recordsSocket } from '../in-host.ts';
import { syncFolder } from './sync-folder.ts';
import { attemptAll } from './attempt.ts';
import { markerOf, runCommand } from './exec.ts';
import { getFile, putFile } from './files.ts';
import { killTree } from './kill-tree.ts';
import { openRecords } from './records.ts';
import { startService } from './service.ts';
import { takeSnapshot } from './snapshot.ts';
import { openTerminal, type OpenTerminal } from './terminal.ts';
import type { AgentConfig, AgentMessage, AgentRequest, ExecInput, ExecOutput, TerminalInput } from './protocol.ts';

/**
 * The agent: the only child of a host's sensor, and the parent of every command that runs there. It obeys its standard
 * input and answers on its standard output; commands get neither.
 */
const config = JSON.parse(process.argv[2] ?? '') as AgentConfig;

/** How long the output of an ended service may take to close. */
const drainMs = 1000;

const send = (message: AgentMessage): void => console.log(JSON.stringify(message));

interface RunningCall {
  readonly pid: number;
  readonly marker: string | null;
  /** Services: settled when all that they printed has been sent on. */
  readonly drained?: Promise<void>;
}
const running = new Map<number, RunningCall>();
const terminals = new Map<number, OpenTerminal>();

const records = await openRecords(recordsSocket, (record, line) => send({ type: 'record', record, line }));

/** A call that names a token and fails: the sensor writes it down, and the driver looks for it. */
const sync = (token: string): null => {
  try {
    unlinkSync(`${syncFolder}/${token}`);
  } catch {
    // Always: there is no such file.
  }
  return null;
};

const endCall = async (call: number): Promise<null> => {
  const target = running.get(call);
  running.delete(call);
  if (target === undefined) return null;
  await killTree(target.pid, target.marker);
  // A daemon that a service left behind may hold its output open for ever.
  await Promise.race([target.drained, delay(drainMs)]);
  return null;
};

const started = (call: number, pid: number, input: ExecInput): void => {
  running.set(call, { pid, marker: markerOf(input) });
  send({ type: 'started', call, pid });
};

const runOnTerminal = async (call: number, input: TerminalInput): Promise<ExecOutput> => {
  const opened = openTerminal(input, config.launcher, (bytes) =>
    send({ type: 'screen', call, base64: bytes.toString('base64') }),
  );
  if (!('ended' in opened)) return opened;
  started(call, opened.pid, input);
  terminals.set(call, opened);
  try {
    return await opened.ended;
  } finally {
    running.delete(call);
    terminals.delete(call);
  }
};

const perform = async (request: AgentRequest): Promise<unknown> => {
  switch (request.operation) {
    case 'exec': {
      const { call, input } = request;
      const onStart = (pid: number): void => started(call, pid, input);
      return runCommand(input, config.launcher, onStart).finally(() => running.delete(call));
    }
    case 'terminal':
      return runOnTerminal(request.call, request.input);
    case 'type':
      // It may have ended meanwhile, as a keyboard's terminal may.
      terminals.get(request.input.call)?.write(Buffer.from(request.input.base64, 'base64'));
      return null;
    case 'resize':
      terminals.get(request.input.call)?.resize(request.input.columns, request.input.rows);
      return null;
    case 'service': {
      const { call, input } = request;
      const drained = Promise.withResolvers<void>();
      const remember = (pid: number): unknown =>
        running.set(call, { pid, marker: markerOf(input), drained: drained.promise });
      const onEnd = (reason: string): void => {
        drained.resolve();
        // Its number may soon be another's.
        running.delete(call);
        send({ type: 'ended', call, reason });
      };
      try {
        const onLine = (line: string): void => send({ type: 'output', service: input.service, line });
        return await startService(input, config.launcher, remember, onLine, onEnd);
      } catch (error) {
        await endCall(call);
        throw error;
      }
    }
    case 'kill':
      return endCall(request.input.call);
    case 'put':
      return putFile(request.input);
    case 'get':
      return getFile(request.input);
    case 'snapshot':
      return takeSnapshot();
    case 'sync':
      return sync(request.input.token);
    case 'attempt':
      return attemptAll(request.input);
    case 'recorded':
      records.acknowledge(request.input.record);
      return null;
    default:
      return assertNever(request);
  }
};

const answer = async (request: AgentRequest): Promise<void> => {
  const { call } = request;
  try {
    send({ type: 'answer', call, output: await perform(request) });
  } catch (error) {
    send({ type: 'refused', call, reason: error instanceof Error ? error.message : String(error) });
  }
};

const requests = createInterface({ input: process.stdin });
requests.on('line', (line) => void answer(JSON.parse(line) as AgentRequest));
// The driver is gone. Nothing of the host may outlive it.
requests.on('close', () => process.kill(process.pid, 'SIGKILL'));
send({ type: 'ready', pid: process.pid });
