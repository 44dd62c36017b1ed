import { HarnessError } from '../../model/harness-error.ts';
import type { Step, StepResult } from '../../model/step.ts';
import type { HostSpec, ServiceSpec } from '../../model/topology.ts';
import type { AttemptInput, AttemptOutcome, ExecInput, ExecOutput } from '../agent/protocol.ts';
import type { ExecRequest, Host, ResidentProgram, ServiceHandle, Terminal, TerminalRequest } from '../driver.ts';
import { hostNode, hostPrograms } from '../in-host.ts';
import type { AgentClient, PendingCall } from './agent-client.ts';
import { commandEnvironment } from './environment.ts';
import { flushTrace } from './flush-trace.ts';
import type { TraceWatch } from './trace-watch.ts';

/** The agent ends a command at its timeout; when even that does not come, the host is lost. */
const graceMs = 15_000;

const serviceStartMs = 10_000;

export interface HostParts {
  readonly spec: HostSpec;
  readonly agentPid: number;
  readonly client: AgentClient;
  readonly watch: TraceWatch;
  readonly traceFile: string;
  readonly recordsFile: string;
  readonly packetsFile: string;
}

/** A host as drivers hand it out, with what the lab itself needs of it. */
export interface LabHost extends Host {
  attempt(input: AttemptInput): Promise<readonly AttemptOutcome[]>;
}

/** Everything a host does goes through its agent; this is the same for every driver. */
export const createHost = ({ client, watch, ...parts }: HostParts): LabHost => ({
  ...parts,
  // Awaited in here, so that a signal that is given already rejects.
  exec: async (request) => {
    request.signal.throwIfAborted();
    return await finishStep(
      client,
      request,
      client.start('exec', inputOf(parts.spec, request), { onStart: request.onStart }),
    );
  },
  openTerminal: (request) => openTerminal(parts.spec, client, request),
  // Awaited in here, so that a name that is none rejects.
  startService: async (service, step) => await startResident(parts.spec, client, serviceProgram(service), step),
  startResident: (program, step) => startResident(parts.spec, client, program, step),
  put: async ({ path, content, mode }) => {
    await client.start('put', { path, mode, base64: Buffer.from(content).toString('base64') }).answer;
  },
  get: async (path) => Buffer.from((await client.start('get', { path }).answer).base64, 'base64'),
  snapshot: () => client.start('snapshot', null).answer,
  flushTrace: () => flushTrace(parts.spec.name, client, watch),
  attempt: (input) => client.start('attempt', input).answer,
});

const inputOf = (spec: HostSpec, { step, argv, env, cwd, timeoutMs }: ExecRequest): ExecInput => ({
  argv,
  env: commandEnvironment(spec, step, env),
  cwd,
  timeoutMs,
});

const openTerminal = (spec: HostSpec, client: AgentClient, request: TerminalRequest): Terminal => {
  const input = { ...inputOf(spec, request), ...request.size };
  const pending = client.start('terminal', input, { onStart: request.onStart, onScreen: request.onOutput });
  const { call } = pending;
  // A host that is gone says so where the terminal's end is awaited.
  const ask = (answer: Promise<unknown>): void => void answer.catch(() => undefined);
  return {
    write: (bytes) => ask(client.start('type', { call, base64: Buffer.from(bytes).toString('base64') }).answer),
    resize: (size) => ask(client.start('resize', { call, ...size }).answer),
    hangUp: () => ask(client.start('kill', { call }).answer),
    ended: finishStep(client, request, pending),
  };
};

const finishStep = async (
  client: AgentClient,
  { step, argv, timeoutMs, signal }: ExecRequest,
  pending: PendingCall<ExecOutput>,
): Promise<StepResult> => {
  const kill = (): void => void client.start('kill', { call: pending.call }).answer.catch(() => undefined);
  signal.addEventListener('abort', kill, { once: true });
  const overdue = setTimeout(
    () => client.abandon(`step ${step.id} neither ended nor could be ended within ${timeoutMs + graceMs} ms`),
    timeoutMs + graceMs,
  );
  try {
    return renderResult(step, argv, await pending.answer);
  } finally {
    clearTimeout(overdue);
    signal.removeEventListener('abort', kill);
  }
};

const renderResult = (step: Step, argv: readonly string[], output: ExecOutput): StepResult => ({
  step,
  argv,
  ...output,
  stdout: Buffer.from(output.stdout, 'base64').toString('utf8'),
  stderr: Buffer.from(output.stderr, 'base64').toString('utf8'),
});

const serviceProgram = ({ name, kind, options }: ServiceSpec): ResidentProgram => {
  if (!/^[a-z][a-z0-9-]*$/.test(kind)) {
    throw new HarnessError(`${JSON.stringify(kind)} is not the name of a service`, { code: 'lab/service-failed' });
  }
  return {
    name,
    kind,
    argv: [hostNode, `${hostPrograms}/services/${kind}.mjs`, JSON.stringify(options)],
    env: {},
    cwd: '/',
  };
};

const startResident = async (
  spec: HostSpec,
  client: AgentClient,
  { name, kind, argv, env, cwd }: ResidentProgram,
  step: Step,
): Promise<ServiceHandle> => {
  const service = { step: step.id, kind };
  const asked = { argv, env: commandEnvironment(spec, step, env), cwd, timeoutMs: serviceStartMs, service };
  const pending = client.start('service', asked);
  const pid = await pidOf(spec, name, pending);
  let stopped = false;
  return {
    name,
    pid,
    died: new Promise((resolve) => {
      void pending.ended.then((reason) => {
        if (!stopped) resolve(reason);
      });
    }),
    stop: async () => {
      stopped = true;
      await client.start('kill', { call: pending.call }).answer;
    },
  };
};

const pidOf = async (spec: HostSpec, name: string, pending: PendingCall<{ pid: number }>): Promise<number> => {
  try {
    return (await pending.answer).pid;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HarnessError(`service ${name} of host ${spec.name} did not start: ${why}`, {
      code: 'lab/service-failed',
      cause,
    });
  }
};
