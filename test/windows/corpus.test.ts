import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { renderCommand } from '../../src/content/atomics/render-command.ts';
import { resolveInputs } from '../../src/content/atomics/resolve-inputs.ts';
import { loadContent } from '../../src/content/load-content.ts';
import type { Atomic, ExecutorName } from '../../src/model/atomic.ts';
import { parseCmd } from '../../src/windows/cmd/syntax/parse.ts';
import { parsePowerShell } from '../../src/windows/powershell/syntax/parse.ts';

const archive = join(process.env['TOCSIN_CORPUS'] ?? '../shared/data', 'atomic-red-team/atomics-yaml.tar.gz');

interface Script {
  readonly name: string;
  readonly text: string;
}

/** Why a text cannot be read, or null. */
const failureOf: Partial<Record<ExecutorName, (text: string) => string | null>> = {
  powershell: (text) => {
    const [error] = parsePowerShell(text).diagnostics;
    return error === undefined ? null : `${error.place?.line ?? 0}:${error.place?.column ?? 0} ${error.message}`;
  },
  command_prompt: (text) => {
    const parsed = parseCmd(text.trim().replace(/\r?\n/g, ' & '));
    return parsed.ok ? null : `${parsed.at} ${parsed.message}`;
  },
};

describe('the scripts of Atomic Red Team', function () {
  this.timeout(60_000);
  let atomics: readonly Atomic[];

  before(async function () {
    if (!existsSync(archive) && process.env['TOCSIN_REQUIRE_CORPUS'] !== '1') return this.skip();
    const root = await mkdtemp(join(tmpdir(), 'tocsin-corpus-'));
    try {
      execFileSync('tar', ['-xzf', archive, '-C', root]);
      atomics = [...(await loadContent(root)).atomics.values()];
    } finally {
      await rm(root, { recursive: true });
    }
  });

  const render = (atomic: Atomic, part: string, text: string | null): Script[] => {
    const { inputs } = resolveInputs(atomic, {});
    if (text === null) return [];
    return [
      {
        name: `${atomic.technique} #${atomic.number} ${part}`,
        text: renderCommand(text, inputs, 'C:\\AtomicRedTeam\\atomics'),
      },
    ];
  };

  const commands = (executor: ExecutorName): Script[] =>
    atomics.flatMap((atomic) =>
      atomic.executor.name === executor && 'command' in atomic.executor
        ? render(atomic, 'command', atomic.executor.command)
        : [],
    );

  const others = (executor: ExecutorName): Script[] =>
    atomics.flatMap((atomic) => [
      ...(atomic.executor.name === executor && 'command' in atomic.executor
        ? render(atomic, 'cleanup', atomic.executor.cleanupCommand)
        : []),
      ...((atomic.dependencyExecutor ?? atomic.executor.name) === executor
        ? atomic.dependencies.flatMap((dependency) => [
            ...render(atomic, 'prerequisite', dependency.prereqCommand),
            ...render(atomic, 'get-prerequisite', dependency.getPrereqCommand),
          ])
        : []),
    ]);

  const unread = (executor: ExecutorName, scripts: readonly Script[]): string[] =>
    scripts.flatMap(({ name, text }) => {
      const failure = failureOf[executor]?.(text) ?? null;
      return failure === null ? [] : [`${name}: ${failure}`];
    });

  const report = (what: string, scripts: readonly Script[], failures: readonly string[]): void =>
    console.log(
      [`        ${what}: ${scripts.length - failures.length} of ${scripts.length} read`, ...failures].join(
        '\n          ',
      ),
    );

  it('read as PowerShell: all 703 commands', () => {
    const scripts = commands('powershell');
    const failures = unread('powershell', scripts);
    report('PowerShell commands', scripts, failures);
    expect([scripts.length, failures]).to.deep.equal([703, []]);
  });

  it('read as PowerShell: all prerequisites and cleanups but those that upstream got wrong', () => {
    const scripts = others('powershell');
    const failures = unread('powershell', scripts);
    report('PowerShell prerequisites and cleanups', scripts, failures);
    // Each of them misses a quote, a brace or a condition: Windows PowerShell rejects them too.
    expect(failures.map((failure) => failure.split(':')[0])).to.deep.equal([
      'T1059.001 #11 get-prerequisite',
      'T1114.003 #1 cleanup',
      'T1123 #1 get-prerequisite',
      'T1204.002 #9 prerequisite',
      'T1218.007 #9 get-prerequisite',
      'T1218.007 #10 get-prerequisite',
      'T1555.003 #8 get-prerequisite',
    ]);
  });

  it('read as cmd: all 559 commands but one with an empty command between two ampersands', () => {
    const scripts = commands('command_prompt');
    const failures = unread('command_prompt', scripts);
    report('cmd commands', scripts, failures);
    expect([scripts.length, failures.map((failure) => failure.split(':')[0])]).to.deep.equal([
      559,
      ['T1548.002 #27 command'],
    ]);
  });
});
