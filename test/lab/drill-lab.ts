import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver, ExecRequest, Host, Lab, LabOptions } from '../../src/lab/driver.ts';
import type { Step, StepResult } from '../../src/model/step.ts';
import type { HostSpec, Zone } from '../../src/model/topology.ts';

export const zones: readonly Zone[] = [
  {
    name: 'office',
    kind: 'corporate',
    prefix: '10.77.1.0/24',
    ipType: 'Private',
    asNumber: null,
    asOrganization: null,
    resolver: '198.51.100.20',
  },
  {
    name: 'internet',
    kind: 'internet',
    prefix: '198.51.100.0/24',
    ipType: 'Public',
    asNumber: 64_500,
    asOrganization: 'Example Networks',
  },
];

export const hostSpec = (name: string, address: string): HostSpec => ({
  name,
  persona: 'linux',
  zone: address.startsWith('10.') ? 'office' : 'internet',
  address,
  user: 'analyst',
  services: [],
});

/** A lab of a test, with the folder of its evidence, which goes when the test is over. */
export interface DrillLab extends AsyncDisposable {
  readonly lab: Lab;
  readonly evidence: string;
}

let labs = 0;

export const openDrillLab = async (
  driver: Driver,
  software?: LabOptions['software'],
  inZones: readonly Zone[] = zones,
): Promise<DrillLab> => {
  const evidence = mkdtempSync(join(tmpdir(), 'tocsin-evidence-'));
  labs += 1;
  const runId = `test-${driver.name}-${process.pid}-${labs}`;
  const { signal } = new AbortController();
  const lab = await driver.openLab({
    ...{ runId, zones: inZones, evidence, signal },
    ...(software === undefined ? {} : { software }),
  });
  return {
    lab,
    evidence,
    [Symbol.asyncDispose]: async () => {
      await lab.down();
      rmSync(evidence, { recursive: true, force: true });
    },
  };
};

let steps = 0;

export const stepOn = (host: Host, origin: Step['origin'] = 'test'): Step => {
  steps += 1;
  return { id: `step-${steps}`, variant: null, origin, host: host.spec.name };
};

/** Runs a shell command line on a host. */
export const sh = (host: Host, line: string, options: Partial<ExecRequest> = {}): Promise<StepResult> =>
  run(host, ['/bin/sh', '-c', line], options);

export const run = (host: Host, argv: readonly string[], options: Partial<ExecRequest> = {}): Promise<StepResult> =>
  host.exec({
    step: stepOn(host),
    argv,
    env: {},
    cwd: '/tmp',
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    ...options,
  });
