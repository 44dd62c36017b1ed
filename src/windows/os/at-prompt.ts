import { notImplementedExit } from '../../model/in-host.ts';
import { NotImplemented } from './not-implemented.ts';
import { processStdio, writeText } from './stdio.ts';

/**
 * What a shell does at its prompt with what the persona does not implement: it says so, and goes on. The exit code of the shell tells it
 * in the end (`codeOf`), so that no test is taken for executed that was not.
 */
export const createPromptGuard = (program: string) => {
  let met = false;
  return {
    run: async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof NotImplemented)) throw error;
        met = true;
        writeText(processStdio.error, `${program}: ${error.message}\r\n`);
        return otherwise;
      }
    },
    codeOf: (exitCode: number): number => (met ? notImplementedExit : exitCode),
  };
};
