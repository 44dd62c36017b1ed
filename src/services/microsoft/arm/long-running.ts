import { randomUUID } from 'node:crypto';
import type { CloudContext } from '../context.ts';

/** What takes longer than its request: the client asks how it goes at an address of its own. */
export interface LongRunning {
  /** `finish` runs when it is done. Returns the headers that tell the client where to ask. */
  start(finish: () => void): Readonly<Record<string, string>>;
  /** Null for what was never started. */
  statusOf(id: string): 'InProgress' | 'Succeeded' | null;
}

/** Milliseconds that a resource takes: long enough to be seen in between, short enough for a test. */
const duration = 500;

export const createLongRunning = ({ state }: CloudContext): LongRunning => {
  const operations = new Map<string, 'InProgress' | 'Succeeded'>();
  return {
    start: (finish) => {
      const id = randomUUID();
      operations.set(id, 'InProgress');
      setTimeout(() => {
        operations.set(id, 'Succeeded');
        finish();
      }, duration);
      const base = `https://management.azure.com/subscriptions/${state.directory.subscription.id}`;
      const url = `${base}/providers/Microsoft.Resources/operations/${id}?api-version=2024-01-01`;
      return { 'Azure-AsyncOperation': url, Location: url, 'Retry-After': '1' };
    },
    statusOf: (id) => operations.get(id) ?? null,
  };
};
