import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { describeDriverContract } from './driver-contract.ts';
import { processesOfRun } from './outside.ts';

const killSensor = (runId: string): void => {
  const sensor = processesOfRun(runId).find(({ name, args }) => name === 'strace' && args.includes('-ttt'));
  if (sensor === undefined) throw new Error(`no sensor of ${runId}`);
  process.kill(sensor.pid, 'SIGKILL');
};

describeDriverContract({
  driver: createNamespaceDriver({}),
  withTraceLimit: (traceBytes) => createNamespaceDriver({ limits: { traceBytes } }),
  killSensor,
  agentCanBeKilled: process.getuid?.() !== 0,
});
