import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderCommand } from '../../src/content/atomics/render-command.ts';
import { resolveInputs } from '../../src/content/atomics/resolve-inputs.ts';
import { loadContent } from '../../src/content/load-content.ts';
import type { Atomic } from '../../src/model/atomic.ts';
import { cmdNeeds } from '../../src/windows/needs/cmd-needs.ts';
import { distinct, type Need } from '../../src/windows/needs/need.ts';
import { powerShellNeeds } from '../../src/windows/needs/powershell-needs.ts';

export type Shell = 'powershell' | 'command_prompt';

export interface Measured {
  readonly shell: Shell;
  /** `T1003.001 #3`. */
  readonly test: string;
  readonly needs: readonly Need[];
}

const needsOf = (shell: Shell, text: string): Need[] =>
  shell === 'powershell' ? powerShellNeeds(text) : distinct(cmdNeeds(text.trim().replace(/\r?\n/g, ' & ')));

const measureOne = (atomic: Atomic): Measured[] => {
  const { executor } = atomic;
  if (!('command' in executor) || (executor.name !== 'powershell' && executor.name !== 'command_prompt')) return [];
  const { inputs } = resolveInputs(atomic, {});
  const text = renderCommand(executor.command, inputs, 'C:\\AtomicRedTeam\\atomics');
  return [{ shell: executor.name, test: `${atomic.technique} #${atomic.number}`, needs: needsOf(executor.name, text) }];
};

/** Reads every PowerShell and command-prompt test of an archive of atomics. */
export const measure = async (archive: string): Promise<Measured[]> => {
  const root = await mkdtemp(join(tmpdir(), 'tocsin-persona-'));
  try {
    execFileSync('tar', ['-xzf', archive, '-C', root]);
    return [...(await loadContent(root)).atomics.values()].flatMap(measureOne);
  } finally {
    await rm(root, { recursive: true });
  }
};
