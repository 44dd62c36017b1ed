import type { TerminalSize } from '../../lab/agent/protocol.ts';
import type { StepResult } from '../../model/step.ts';
import type { ShellName } from '../../run/executors.ts';
import type { LabFacts } from '../../run/evidence.ts';
import type { HostStatus } from '../../run/kept-lab.ts';
import type { TracedStep } from '../../sensors/sensor.ts';

/**
 * What commands say to the process that keeps a lab, on its socket, which only its user can reach: one JSON object a line. A
 * connection is one question, and its answer. Bytes of hosts only ever travel inside strings.
 */
export type LabQuestion =
  | { readonly ask: 'status' }
  /** What the evidence so far is parsed by; when it is answered, everything until now is in the evidence. */
  | { readonly ask: 'facts' }
  | {
      readonly ask: 'run';
      readonly host: string;
      readonly shell: ShellName | null;
      readonly text: string;
      readonly timeoutMs: number;
    }
  | {
      readonly ask: 'shell';
      readonly host: string;
      readonly shell: ShellName | null;
      readonly term: string | null;
      readonly size: TerminalSize;
    };

export interface LabAnswers {
  readonly status: { readonly sealed: number; readonly hosts: readonly HostStatus[] };
  readonly facts: { readonly facts: LabFacts; readonly steps: readonly TracedStep[] };
  readonly run: StepResult;
  readonly shell: StepResult;
}

/** What follows the question `shell`. */
export type Typed = { readonly type: 'type'; readonly base64: string } | ({ readonly type: 'resize' } & TerminalSize);

export type LabMessage =
  | { readonly type: 'answer'; readonly value: unknown }
  | { readonly type: 'screen'; readonly base64: string }
  | {
      readonly type: 'failed';
      readonly code: string;
      readonly message: string;
      readonly hint: string | null;
      readonly exitCode: number;
    };
