import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { loadScenario, runScenario } from '../../src/api/run-scenario.ts';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import type { RunResult } from '../../src/model/run-result.ts';
import { systemClock } from '../../src/util/clock.ts';
import { requireLab } from './require-lab.ts';

const atomics = `attack_technique: T1059
display_name: Command and Scripting Interpreter
atomic_tests:
  - name: Asks in bash
    auto_generated_guid: 11111111-0000-4000-8000-000000000001
    description: Reads two answers.
    supported_platforms: [linux]
    executor:
      name: bash
      command: |
        [ -t 0 ] && echo "on $(stty size)"
        read -p 'Name? ' name
        read -n 1 -p 'Sure [y/n] ' sure; echo
        /bin/echo "name=$name sure=$sure"
  - name: Asks in cmd
    auto_generated_guid: 11111111-0000-4000-8000-000000000002
    description: set /p, choice and pause.
    supported_platforms: [windows]
    executor:
      name: command_prompt
      command: |
        set /p NAME=Name?
        choice /c abc /m Pick
        if errorlevel 2 echo picked two
        pause
        set NAME
  - name: Asks in PowerShell
    auto_generated_guid: 11111111-0000-4000-8000-000000000003
    description: Read-Host, and a program of Windows that asks.
    supported_platforms: [windows]
    executor:
      name: powershell
      command: |
        $name = Read-Host 'Name'
        choice /n /m 'Go on?'
        "name=$name code=$LASTEXITCODE"
`;

const topology = `name: two
zones:
  office: { kind: corporate, prefix: 10.79.1.0/24, ip_type: Private }
hosts:
  win-1: { persona: windows, zone: office, address: 10.79.1.11, user: LAB\\analyst1 }
  win-2: { persona: windows, zone: office, address: 10.79.1.12, user: LAB\\analyst2 }
  linux-1: { persona: linux, zone: office, address: 10.79.1.21, user: root }
  linux-2: { persona: linux, zone: office, address: 10.79.1.22, user: root }
`;

const scenario = `id: asks
name: Tests that ask questions
topology: two
variants:
  bash:
    atomic: T1059-1
    roles: { target: linux-1 }
    answers: [{ expect: 'Name\\?', send: Bob }, { expect: 'Sure', send: y, enter: false }]
  cmd:
    atomic: T1059-2
    roles: { target: win-1 }
    answers:
      - { expect: 'Name\\?', send: Bob }
      - { expect: '\\[A,B,C\\]\\?', send: b, enter: false }
      - { expect: Press any key, send: '' }
  powershell:
    atomic: T1059-3
    roles: { target: win-2 }
    answers: [{ expect: '^Name:', send: Bob }, { expect: 'Go on\\?', send: y, enter: false }]
  never-asked:
    atomic: T1059-1
    roles: { target: linux-2 }
    timeout: 2s
    answers: [{ expect: 'Name\\?', send: Bob }, { expect: 'Password:', send: secret }]
  ended-before:
    atomic: T1059-1
    roles: { target: linux-1 }
    answers:
      - { expect: 'Name\\?', send: Bob }
      - { expect: 'Sure', send: y, enter: false }
      - { expect: 'Really', send: y }
`;

for (const driver of [createNamespaceDriver({}), createDockerDriver({})]) {
  describe(`tests that ask questions, on the ${driver.name} driver`, function () {
    this.timeout(90_000);
    let folder: string;
    let result: RunResult;

    before(async function () {
      await requireLab(this, driver);
      folder = mkdtempSync(join(tmpdir(), 'tocsin-asks-'));
      const files = {
        'atomics/T1059/T1059.yaml': atomics,
        'lab/topologies/two.yaml': topology,
        'scenarios/asks.yaml': scenario,
      };
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
      ({ result } = await runScenario(await loadScenario(folder, 'asks'), {
        ...{ reports: join(folder, 'reports'), driver, clock: systemClock, emit: () => undefined },
        signal: new AbortController().signal,
      }));
    });

    after(() => {
      if (folder !== undefined) rmSync(folder, { recursive: true });
    });

    const of = (variant: string) => {
      const found = result.results.find((one) => one.variant === variant);
      if (found === undefined) throw new Error(`no result of ${variant}`);
      const { executed, cleanup } = found;
      const shown = stripVTControlCharacters(executed.stdout).replace(/\r+\n/g, '\n');
      return { ...executed, shown, cleanup };
    };

    it('are answered in bash', () => {
      expect(of('bash')).to.include({ status: 'executed', exitCode: 0 });
      expect(of('bash').shown).to.equal('on 25 80\nName? Bob\nSure [y/n] y\nname=Bob sure=y\n');
    });

    it('are answered in cmd: set /p, choice, pause', () => {
      expect(of('cmd')).to.include({ status: 'executed' });
      expect(of('cmd').shown).to.match(/^Name\? Bob\nPick \[A,B,C\]\?B\npicked two \nPress any key/);
      expect(of('cmd').shown).to.match(/NAME=Bob\n$/);
    });

    it('are answered in PowerShell: Read-Host, and programs that it starts', () => {
      expect(of('powershell')).to.include({ status: 'executed', exitCode: 0 });
      expect(of('powershell').shown).to.match(/^Name: Bob\nGo on\?Y\nname=Bob code=1\n$/);
    });

    it('are not run when a question is never asked: it is named, with what was shown instead', () => {
      expect(of('never-asked')).to.include({ status: 'not-run', reason: 'timeout' });
      expect(of('never-asked').detail).to.match(
        /never asked question 2 of 2, \/Password:\/, and last showed "Bob.*Sure/,
      );
      expect(of('ended-before')).to.include({ status: 'not-run', reason: 'unasked' });
      expect(of('ended-before').detail).to.contain('question 3 of 3, /Really/');
    });

    it('leave nothing, whether they ended or were ended', () => {
      expect(result.results.map(({ cleanup }) => cleanup)).to.deep.equal(
        result.results.map(() => ({ verdict: 'clean', left: [] })),
      );
      expect(result.exitCode).to.equal(1);
    });
  });
}
