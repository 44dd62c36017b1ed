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

/**
 * Annotations and the job's summary. From its creation to the end of the run the runner takes no commands: what is printed in
 * between may have been written by an attack. It goes last in the list of reporters.
 */
export const createGitHubReporter = ({ write, appendSummary, prefix, token }: GitHubOptions): Reporter => {
  write(stopCommands(token));
  return {
    printsToStdout: false,
    onEvent: async (event) => {
      if (event.type !== 'run-finished') return;
      write(resumeCommands(token));
      for (const annotation of annotationsOf(event.result, prefix)) write(annotationCommand(annotation));
      await appendSummary(renderJobSummary(event.result));
    },
  };
};
