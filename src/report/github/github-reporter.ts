import type { Reporter } from '../../model/run-event.ts';
import { annotationsOf } from './annotations.ts';
import { annotationCommand, resumeCommands, stopCommands } from './commands.ts';
import { renderJobSummary } from './job-summary.ts';

export interface GitHubOptions {
  /** Where the runner listens: standard error, which leaves standard output to results. */
  readonly write: (text: string) => void;
  /** Adds to the step's summary. */
  readonly appendSummary: (text: string) => Promise<void>;
  /** The project's folder in the repository; empty when it is its root. */
  readonly prefix: string;
  /** Random: an attack that could guess it could drive the runner. */
  readonly token: string;
}

export interface GitHubReporter extends Reporter {
  /** After the last line that is printed: the runner takes commands again. */
  close(): void;
}

/**
 * Annotations and the job's summary, of any number of runs. From its creation to `close` the runner takes no commands but these:
 * what else is printed may have been written by an attack. It goes last in the list of reporters.
 */
export const createGitHubReporter = ({ write, appendSummary, prefix, token }: GitHubOptions): GitHubReporter => {
  write(stopCommands(token));
  return {
    printsToStdout: false,
    close: () => write(resumeCommands(token)),
    onEvent: async (event) => {
      if (event.type !== 'run-finished') return;
      write(resumeCommands(token));
      for (const annotation of annotationsOf(event.result, prefix)) write(annotationCommand(annotation));
      write(stopCommands(token));
      await appendSummary(renderJobSummary(event.result));
    },
  };
};
