import type { SchedulerClient } from '../tasks/client.ts';

/** What schtasks does to the world. */
export interface SchtasksHost {
  readonly scheduler: SchedulerClient;
  /** `LAB\analyst`. */
  readonly user: string;
  readonly computer: string;
  readonly now: () => number;
  /** The text of a file, null when there is none; a Windows path. */
  readonly readFile: (path: string) => string | null;
  /** A line of standard input, null at its end. */
  readonly ask: (question: string) => string | null;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/** The path of a task: names below the root need no backslash. */
export const taskPath = (name: string): string => (name.startsWith('\\') ? name : `\\${name}`);

export const isNo = (answer: string | null): boolean => answer === null || !/^y/i.test(answer.trim());
