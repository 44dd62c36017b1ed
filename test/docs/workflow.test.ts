import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { runCommandLine } from '../../src/cli/command-line.ts';

const root = resolve(import.meta.dirname, '../..');

const workflow = z.object({
  on: z.object({ schedule: z.array(z.object({ cron: z.string() })) }),
  jobs: z.record(
    z.string(),
    z.object({
      steps: z.array(
        z.object({ name: z.string().optional(), run: z.string().optional(), uses: z.string().optional() }),
      ),
    }),
  ),
});

const help = async (command: string): Promise<string> => {
  let text = '';
  const output = { write: (part: string) => (text += part) };
  const signal = new AbortController().signal;
  await runCommandLine([command, '--help'], { root, cwd: root, stdout: output, stderr: output, env: {}, signal });
  return text;
};

describe('the nightly workflow', () => {
  const { on, jobs } = workflow.parse(parse(readFileSync(join(root, '.github/workflows/nightly.yaml'), 'utf8')));
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('runs every night', () => {
    expect(on.schedule.map(({ cron }) => cron.split(' ').length)).to.deep.equal([5]);
  });

  it('uses commands and flags that there are', async () => {
    const uses = steps.flatMap(({ run = '' }) => [...run.matchAll(/bin\/tocsin ([a-z]+)([^\n|]*)/g)]);
    expect(uses.map(([, command]) => command)).to.include.members(['run', 'check', 'cleanup', 'coverage']);
    for (const [, command = '', rest = ''] of uses) {
      const text = await help(command);
      expect(text, command).to.include(`Usage: tocsin ${command}`);
      for (const [flag] of rest.matchAll(/--[a-z-]+/g)) expect(text, command).to.include(flag);
    }
    expect(await help('run')).to.include('--baseline');
  });

  it('has scripts of its own that npm knows', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const { run = '' } of steps) {
      for (const [, script = ''] of run.matchAll(/npm run ([a-z-]+)/g)) expect(scripts).to.have.property(script);
    }
  });
});
