import type { Weekday } from '../../util/calendar.ts';
/** A task as the Task Scheduler knows it: what its XML says, as far as the service acts on it ([MS-TSCH] 2.5). */
export interface TaskDefinition {
  readonly registration: Registration;
  readonly triggers: readonly Trigger[];
  readonly principal: Principal;
  readonly settings: Settings;
  readonly actions: readonly ExecAction[];
}

export interface Registration {
  /** Local time: `2026-11-20T19:30:00`. */
  readonly date?: string | undefined;
  readonly author?: string | undefined;
  readonly description?: string | undefined;
  readonly uri?: string | undefined;
}

export interface Repetition {
  /** Durations of XML: `PT5M`. */
  readonly interval: string;
  /** Absent: for good. */
  readonly duration?: string | undefined;
  readonly stopAtEnd: boolean;
}

interface TriggerBase {
  readonly enabled: boolean;
  /** Local times of XML. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly repetition?: Repetition | undefined;
  readonly delay?: string | undefined;
}

export type Trigger = TriggerBase &
  (
    | { readonly kind: 'time' }
    | { readonly kind: 'daily'; readonly every: number }
    | { readonly kind: 'weekly'; readonly every: number; readonly days: readonly Weekday[] }
    /** `days` of the month, or `last`. */
    | {
        readonly kind: 'monthly';
        readonly days: readonly (number | 'last')[];
        /** From 1. */ readonly months: readonly number[];
      }
    | { readonly kind: 'logon'; readonly user?: string | undefined }
    | { readonly kind: 'boot' }
    | { readonly kind: 'registration' }
    | { readonly kind: 'idle' }
    | { readonly kind: 'event'; readonly subscription: string }
  );

export interface Principal {
  /** A name, or a well-known identifier: `S-1-5-18`. */
  readonly userId?: string | undefined;
  readonly groupId?: string | undefined;
  /** `InteractiveToken`, `Password`, `S4U` …; none for the system's own accounts. */
  readonly logonType?: string | undefined;
  readonly runLevel: 'LeastPrivilege' | 'HighestAvailable';
}

export interface ExecAction {
  readonly command: string;
  readonly arguments?: string | undefined;
  readonly workingDirectory?: string | undefined;
}

export const instancePolicies = ['IgnoreNew', 'Parallel', 'Queue', 'StopExisting'] as const;
export type InstancePolicy = (typeof instancePolicies)[number];

export interface Settings {
  readonly multipleInstances: InstancePolicy;
  readonly disallowStartIfOnBatteries: boolean;
  readonly stopIfGoingOnBatteries: boolean;
  readonly allowHardTerminate: boolean;
  readonly startWhenAvailable: boolean;
  readonly runOnlyIfNetworkAvailable: boolean;
  readonly allowStartOnDemand: boolean;
  readonly enabled: boolean;
  readonly hidden: boolean;
  readonly runOnlyIfIdle: boolean;
  readonly wakeToRun: boolean;
  /** `PT0S`: none. */
  readonly executionTimeLimit: string;
  readonly priority: number;
}

/** What schtasks and the cmdlets leave as it is. */
export const defaultSettings: Settings = {
  multipleInstances: 'IgnoreNew',
  disallowStartIfOnBatteries: true,
  stopIfGoingOnBatteries: true,
  allowHardTerminate: true,
  startWhenAvailable: false,
  runOnlyIfNetworkAvailable: false,
  allowStartOnDemand: true,
  enabled: true,
  hidden: false,
  runOnlyIfIdle: false,
  wakeToRun: false,
  executionTimeLimit: 'PT72H',
  priority: 7,
};
