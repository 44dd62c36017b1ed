import { HarnessError } from '../../src/model/harness-error.ts';

/** The error that a promise must end with. */
export const rejection = async (promise: Promise<unknown>): Promise<HarnessError> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof HarnessError) return error;
    throw error;
  }
  throw new Error('it did not reject');
};
