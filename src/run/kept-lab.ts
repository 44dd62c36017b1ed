import { statSync } from 'node:fs';
import type { CleanupReport, Driver, Terminal, TerminalRequest } from '../lab/driver.ts';
import type { ProvidedSoftware } from '../lab/software/provide-software.ts';
import { realTime } from '../model/drill-clock.ts';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Step, StepResult } from '../model/step.ts';
import type { HostSpec, Topology } from '../model/topology.ts';
import type { TracedStep } from '../sensors/sensor.ts';
import type { Clock } from '../util/clock.ts';
import { suggestionHint } from '../util/suggest.ts';
import type { DrillContext } from './context.ts';
import { labFacts, type LabFacts } from './evidence.ts';
import { executorOf, invocationFor, shellInvocation, shellsOf, type Invocation, type ShellName } from './executors.ts';
import { hostOf, raiseHosts } from './raise-hosts.ts';
import type { RunningService } from './services.ts';

export interface KeepOptions {
  readonly driver: Driver;
  readonly labId: string;
  readonly topology: Topology;
  readonly software: ProvidedSoftware;
  readonly evidence: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
}

export interface HostStatus {
  readonly name: string;
  readonly persona: HostSpec['persona'];
  readonly zone: string;
  readonly address: string;
  readonly user: string;
  readonly shells: readonly ShellName[];
  /** `died`: why, for one that ended by itself. */
  readonly services: readonly { readonly name: string; readonly died: string | null }[];
  /** Bytes of raw evidence so far, by sensor. */
  readonly sensors: Readonly<Record<'trace' | 'records' | 'packets', number>>;
}

export type ShellRequest = Pick<TerminalRequest, 'size' | 'onOutput'> & {
  readonly host: string;
  /** The host's usual one when null. */
  readonly shell: ShellName | null;
  /** Kind of the terminal that the person sits at; null when nobody does. */
  readonly term: string | null;
};

export interface CommandRequest {
  readonly host: string;
  readonly shell: ShellName | null;
  readonly text: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** A lab without a drill: hosts for people to look at and type on, watched by the same sensors. */
export interface KeptLab {
  readonly hosts: readonly HostStatus[];
  /** Attempts to leave it, all without success, when it came up. */
  readonly sealed: number;
  /** What its evidence so far is parsed by. */
  readonly facts: LabFacts;
  readonly steps: readonly TracedStep[];
  /** Resolves with the reason when it dies on its own. */
  readonly died: Promise<string>;
  openShell(request: ShellRequest): Terminal;
  run(request: CommandRequest): Promise<StepResult>;
  /** Everything that happened until now is in the evidence. */
  flush(): Promise<void>;
  down(): Promise<CleanupReport>;
}

/** A terminal of a person may stay open as long as timers can wait. */
const shellTimeoutMs = 24 * 60 * 60 * 1000;

/** Raises a topology's lab, proves it sealed, and keeps it. */
export const raiseLab = async (options: KeepOptions): Promise<KeptLab> => {
  const { driver, labId, topology, clock, signal, emit } = options;
  const lab = await driver.openLab({
    runId: labId,
    zones: topology.zones,
    evidence: options.evidence,
    software: options.software.layers,
    signal,
  });
  const context: DrillContext = {
    host: (name) => hostOf(lab, name),
    clock,
    drillClock: realTime,
    signal,
    emit,
    steps: [],
    hostServices: [],
    missingSoftware: options.software.missing,
    settleMs: 0,
  };
  try {
    const sealed = await raiseHosts(
      lab,
      { topology, hosts: topology.hosts, played: new Map(), background: [] },
      context,
    );
    const running = new Map<string, TracedStep>();
    let shells = 0;

    const specOf = (name: string): HostSpec => {
      const spec = topology.hosts.find((host) => host.name === name);
      if (spec !== undefined) return spec;
      const known = topology.hosts.map((host) => host.name);
      throw new HarnessError(`this lab has no host ${JSON.stringify(name)}`, {
        code: 'lab/no-host',
        exitCode: exitCode.usage,
        hint: suggestionHint(name, known) ?? `its hosts: ${known.join(', ')}`,
      });
    };

    /** What a command is known by from its first moment on, so that what it does is told while it runs. */
    const begin = (host: string, { argv }: Invocation): { step: Step; onStart: (pid: number) => void } => {
      shells += 1;
      const step: Step = { id: `shell-${shells}`, variant: null, origin: 'test', host };
      const startedAt = clock.nowMicros();
      const onStart = (pid: number): void =>
        void running.set(step.id, { step, argv, pid, startedAt, finishedAt: Number.MAX_SAFE_INTEGER });
      return { step, onStart };
    };

    const finish = async (pending: Promise<StepResult>): Promise<StepResult> => {
      const result = await pending;
      running.delete(result.step.id);
      context.steps.push(result);
      return result;
    };

    return {
      get hosts() {
        return topology.hosts.map((spec) => statusOf(spec, labFacts(lab, []), context.hostServices));
      },
      get facts() {
        return { ...labFacts(lab, topology.zones), bridgesFile: null };
      },
      get steps() {
        return [...context.steps, ...running.values()];
      },
      sealed,
      died: lab.died,
      openShell: ({ host, shell, term, ...terminal }) => {
        const spec = specOf(host);
        const invocation = shellInvocation(chooseShell(spec, shell), spec, term !== null);
        const env = spec.persona === 'windows' ? invocation.env : { ...invocation.env, TERM: term ?? 'dumb' };
        const started = begin(host, invocation);
        const asked = { ...invocation, env, ...started, ...terminal, timeoutMs: shellTimeoutMs, signal };
        const opened = context.host(host).openTerminal(asked);
        return { ...opened, ended: finish(opened.ended) };
      },
      run: async ({ host, shell, text, timeoutMs, signal: given }) => {
        const spec = specOf(host);
        const invocation = invocationFor(executorOf(chooseShell(spec, shell)), text, spec);
        if ('unsupported' in invocation) throw new Error(invocation.unsupported);
        const asked = { ...invocation, ...begin(host, invocation), timeoutMs, signal: given };
        return finish(context.host(host).exec(asked));
      },
      flush: async () => {
        await Promise.all([...lab.hosts.values()].map((host) => host.flushTrace()));
      },
      down: () => lab.down(),
    };
  } catch (error) {
    await lab.down();
    throw error;
  }
};

const chooseShell = (spec: HostSpec, wanted: ShellName | null): ShellName => {
  const has = shellsOf(spec);
  const chosen = wanted ?? has[0];
  if (chosen !== undefined && has.includes(chosen)) return chosen;
  throw new HarnessError(`${spec.name} passes for ${spec.persona} and has no ${wanted ?? 'shell'}`, {
    code: 'lab/no-shell',
    exitCode: exitCode.usage,
    hint: `its shells: ${has.join(', ')}`,
  });
};

const statusOf = (spec: HostSpec, { hosts }: LabFacts, services: readonly RunningService[]): HostStatus => {
  const { name, persona, zone, address, user } = spec;
  const files = hosts.find((one) => one.spec.name === name);
  return {
    ...{ name, persona, zone, address, user },
    shells: shellsOf(spec),
    services: services
      .filter(({ host }) => host === name)
      .map(({ handle, death }) => ({ name: handle.name, died: death.reason })),
    sensors: {
      trace: sizeOf(files?.traceFile),
      records: sizeOf(files?.recordsFile),
      packets: sizeOf(files?.packetsFile),
    },
  };
};

const sizeOf = (file: string | undefined): number =>
  file === undefined ? 0 : (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
