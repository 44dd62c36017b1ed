import { execFileSync } from 'node:child_process';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import { describeDriverContract } from './driver-contract.ts';

/** The sensor is the container's first process; the engine's own client ends it from outside. */
const killSensor = (runId: string, host: string): void => {
  execFileSync('docker', ['kill', `tocsin-${runId}-${host}`], { stdio: 'ignore' });
};

describeDriverContract({
  driver: createDockerDriver({}),
  withTraceLimit: (traceBytes) => createDockerDriver({ limits: { traceBytes } }),
  killSensor,
  agentCanBeKilled: false,
});
