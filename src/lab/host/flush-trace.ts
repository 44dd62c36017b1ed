import { randomBytes } from 'node:crypto';
import { HarnessError } from '../../model/harness-error.ts';
import { systemClock } from '../../util/clock.ts';
import type { AgentClient } from './agent-client.ts';
import type { TraceWatch } from './trace-watch.ts';

const patienceMs = 5000;
const pollMs = 5;

/**
 * The barrier behind the trace. The agent makes a system call that names a token nobody can guess; the sensor writes a call
 * down before it lets the caller go on, so the token must be in the file when the agent answers, and all earlier calls with it.
 */
export const flushTrace = async (host: string, client: AgentClient, watch: TraceWatch): Promise<void> => {
  const lost = (why: string): HarnessError =>
    new HarnessError(`the sensor of host ${host} ${why}`, {
      code: 'sensor/lost',
      hint: 'What the host did is not known, so nothing is judged.',
    });
  const token = randomBytes(16).toString('hex');
  const offset = watch.check();
  const timeout = new AbortController();
  const late = systemClock.sleep(patienceMs, timeout.signal).then(
    () => 'late' as const,
    () => 'late' as const,
  );
  try {
    const { answer } = client.start('sync', { token });
    const answered = answer.then(
      () => 'answered' as const,
      () => 'gone' as const,
    );
    const outcome = await Promise.race([answered, late]);
    if (outcome !== 'answered')
      throw lost(outcome === 'late' ? `does not let it go on for ${patienceMs} ms` : 'ended with it');
  } finally {
    timeout.abort();
  }
  // Where the trace comes over a stream of its own, it may arrive behind the answer.
  for (let waited = 0; !watch.contains(token, offset); waited += pollMs) {
    if (waited >= patienceMs) throw lost('does not write down what happens');
    await systemClock.sleep(pollMs);
  }
  watch.check();
};
