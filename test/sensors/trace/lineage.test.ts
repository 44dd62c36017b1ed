import { expect } from 'chai';
import type { LabEvent } from '../../../src/model/event.ts';
import { stepResult } from '../support/fixture.ts';
import { agent, parseStep, parseText, root } from '../support/synthetic.ts';

const fork = (pid: number): string =>
  `clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f) = ${pid}`;
const exec = (name: string, marker = 'step-1'): string =>
  `execve("/usr/bin/${name}", ["${name}"], ["A=1", "TOCSIN_STEP=${marker}"]) = 0`;

const starts = (events: readonly LabEvent[]): unknown[][] =>
  events
    .filter((event) => event['event.action'] === 'process-start')
    .map((event) => [
      event['process.pid'],
      event['process.name'],
      event['process.parent.pid'] ?? null,
      event['tocsin.step'] ?? null,
    ]);

describe('lineage', () => {
  it('waits for the parent whose clone returns after its child has run and ended', async () => {
    const { events, report } = await parseStep([
      'clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>',
      `21| ${fork(22)}`,
      `21| ${exec('a')}`,
      `22| ${exec('b')}`,
      '21| +++ exited with 0 +++',
      '<... clone resumed>) = 21',
    ]);
    expect(starts(events)).to.deep.equal([
      [20, 'sh', null, 'step-1'],
      [21, 'a', 20, 'step-1'],
      [22, 'b', 21, 'step-1'],
    ]);
    expect(report.losses).to.deep.equal([]);
  });

  it('tells two processes apart that had the same number', async () => {
    const { events } = await parseStep([
      fork(21),
      `21| ${exec('a')}`,
      '21| +++ exited with 0 +++',
      fork(22),
      '22| clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>',
      `21| ${exec('b')}`,
      '22| <... clone resumed>) = 21',
    ]);
    const [, first, second] = events.filter((event) => event['event.action'] === 'process-start');
    expect(starts(events).slice(1)).to.deep.equal([
      [21, 'a', 20, 'step-1'],
      [21, 'b', 22, 'step-1'],
    ]);
    expect(first?.['process.entity_id']).to.not.equal(second?.['process.entity_id']);
  });

  it('knows a child whose parent is held by vfork for ever', async () => {
    const { events, report } = await parseStep([
      'vfork( <unfinished ...>',
      '21| openat(AT_FDCWD</tmp>, "x", O_CREAT, 0600) = 3</tmp/x>',
    ]);
    const created = events.find((event) => event['event.action'] === 'file-create');
    expect(created).to.include({ 'process.pid': 21, 'process.parent.pid': root, 'tocsin.step': 'step-1' });
    expect(report.losses).to.deep.equal([]);
  });

  it('counts a process that nobody made, and never guesses its step', async () => {
    const { events, report } = await parseStep([`99| ${exec('stray', 'no such step')}`]);
    const stray = events.find((event) => event['process.name'] === 'stray');
    expect(stray).to.include({ 'tocsin.origin': 'background' });
    expect(stray?.['tocsin.step']).to.equal(undefined);
    expect(report.losses.map(({ kind, count }) => [kind, count])).to.deep.equal([['unlinked', 1]]);
  });

  it('falls back on the marker where there is no lineage', async () => {
    const { events } = await parseStep([`99| ${exec('stray')}`]);
    expect(events.find((event) => event['process.name'] === 'stray')).to.include({
      'tocsin.step': 'step-1',
      'tocsin.cause': 'marker',
    });
  });

  it('believes lineage over a marker that says otherwise, and counts the conflict', async () => {
    const { events, report } = await parseStep([fork(21), `21| ${exec('liar', 'step-2')}`], {
      steps: [stepResult('step-1', root, 100_000_000, 100_000_000), stepResult('step-2', 77, 0, 0)],
    });
    expect(events.find((event) => event['process.name'] === 'liar')).to.include({
      'tocsin.step': 'step-1',
      'tocsin.cause': 'lineage',
    });
    expect(report.losses.map(({ kind }) => kind)).to.deep.equal(['unlinked']);
  });

  it('believes the number that strace translates out of a process namespace', async () => {
    const { events, report } = await parseStep([`${fork(2)} /* 4711 in strace's PID NS */`, `4711| ${exec('inside')}`]);
    expect(starts(events).at(-1)).to.deep.equal([4711, 'inside', 20, 'step-1']);
    expect(report.losses).to.deep.equal([]);
  });

  it('gives a thread’s work to its process', async () => {
    const { events } = await parseStep([
      'clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_THREAD, exit_signal=0} => {parent_tid=[21]}, 88) = 21',
      '21| mkdir("/tmp/x", 0700) = 0',
      '21| +++ exited with 0 +++',
      'mkdir("/tmp/y", 0700) = 0',
      '+++ exited with 0 +++',
    ]);
    const folders = events.filter((event) => event['event.action'] === 'directory-create');
    expect(folders.map((event) => [event['process.pid'], event['file.path']])).to.deep.equal([
      [20, '/tmp/x'],
      [20, '/tmp/y'],
    ]);
    expect(events.filter((event) => event['event.action'] === 'process-end')).to.have.length(1);
  });

  it('tells a step by the time when its number was used twice', async () => {
    const steps = [stepResult('early', 21, 100_000_000, 100_500_000), stepResult('late', 21, 160_000_000, 161_000_000)];
    const { events } = await parseStep(
      [
        `${agent}| 100.100000 ${fork(21)}`,
        `21| 100.100001 ${exec('a', 'early')}`,
        '21| 100.200000 +++ exited with 0 +++',
        `${agent}| 160.100000 ${fork(21)}`,
        `21| 160.100001 ${exec('b', 'late')}`,
      ],
      { steps },
    );
    expect(starts(events).slice(-2)).to.deep.equal([
      [21, 'a', null, 'early'],
      [21, 'b', null, 'late'],
    ]);
  });
});

describe('the harness', () => {
  it('leaves no events: agent, launchers, and what is in its folder', async () => {
    const { events, report } = await parseStep([
      `${agent}| openat(AT_FDCWD</>, "/tmp/by-agent", O_CREAT, 0600) = 3</tmp/by-agent>`,
      `${agent}| ${fork(30)}`,
      '30| execve("/usr/bin/setpriv", ["setpriv", "ls"], []) = 0',
      '30| openat(AT_FDCWD</>, "/tmp/by-launcher", O_CREAT, 0600) = 3</tmp/by-launcher>',
      'openat(AT_FDCWD</>, "/.tocsin/x", O_CREAT, 0600) = 3</.tocsin/x>',
      `${fork(31)}`,
      '31| execve("/.tocsin/node", ["node"], ["TOCSIN_STEP=step-1"]) = 0',
      '31| mkdir("/tmp/hidden", 0700) = 0',
    ]);
    expect(events.map((event) => event['event.action'])).to.deep.equal(['process-start']);
    expect(
      report.losses.map(({ kind, count }) => [kind, count]),
      'a step that runs the harness is told',
    ).to.deep.equal([['dropped', 1]]);
  });

  it('is not shown as a parent', async () => {
    const { events } = await parseStep([
      fork(31),
      '31| execve("/.tocsin/node", ["node"], []) = 0',
      '31| clone(child_stack=NULL, flags=SIGCHLD) = 32',
      `32| ${exec('child')}`,
    ]);
    expect(starts(events).at(-1)).to.deep.equal([32, 'child', root, 'step-1']);
  });

  it('has its own commands marked as its own', async () => {
    const { events } = await parseStep([`${agent}| ${fork(30)}`, '30| execve("/usr/bin/find", ["find", "/"], []) = 0']);
    const find = events.find((event) => event['process.name'] === 'find');
    expect(find?.['tocsin.origin']).to.equal('harness');
    expect(find?.['tocsin.step']).to.equal(undefined);
  });

  it('keeps the events of services, which run from its folder', async () => {
    const { events } = await parseStep(
      ['execve("/.tocsin/node", ["node", "listener.mjs"], ["TOCSIN_STEP=step-1"]) = 0'],
      {
        steps: [stepResult('step-1', root, 100_000_000, 100_000_000, 0, 'service')],
      },
    );
    expect(events.at(-1)).to.include({ 'process.executable': '/.tocsin/node', 'tocsin.origin': 'service' });
  });

  it('shows a launcher when the step itself is one', async () => {
    const step = { ...stepResult('step-2', 30, 100_000_000, 102_000_000), argv: ['setpriv', 'ls'] };
    const { events } = await parseStep(
      [
        `${agent}| ${fork(30)}`,
        '30| execve("/usr/bin/prlimit", ["prlimit", "setpriv", "ls"], []) = 0',
        '30| execve("/usr/bin/setpriv", ["setpriv", "ls"], []) = 0',
        '30| execve("/usr/bin/ls", ["ls"], []) = 0',
      ],
      { steps: [step] },
    );
    expect(starts(events).filter(([pid]) => pid === 30)).to.deep.equal([
      [30, 'setpriv', null, 'step-2'],
      [30, 'ls', null, 'step-2'],
    ]);
  });
});

describe('a trace that is not whole', () => {
  const losses = async (text: string, finishedAt = 0): Promise<string[]> => {
    const steps = [stepResult('step-1', root, 100_000_000, finishedAt)];
    return (await parseText(text, { steps })).report.losses.map(({ kind, detail }) => `${kind}: ${detail}`);
  };
  const first = `${agent} 100.000000 execve("/.tocsin/node", ["node"], []) = 0\n`;

  it('is told when its beginning is missing', async () => {
    expect(await losses('20 100.000000 chdir("/") = 0\n')).to.include(
      'truncated: the trace does not begin with the agent',
    );
    expect(await losses('')).to.include('truncated: the trace does not begin with the agent');
  });

  it('is told when it stops before the last step does', async () => {
    expect(await losses(first, 300_000_000)).to.deep.equal(['truncated: the trace stops before the last step does']);
    expect(
      await losses(`${first}${agent} 301.000000 unlink("/.tocsin/sync/1") = -1 ENOENT (No such file)\n`, 300_000_000),
    ).to.deep.equal([]);
  });

  it('is told when its last line is cut off, unless the line is the harness’s own', async () => {
    expect(await losses(`${first}20 100.000001 chdir("/tm`)).to.have.length(1);
    expect(await losses(`${first}${agent} 100.000001 chdir("/tm`)).to.deep.equal([]);
  });

  it('is told, with an example, when lines are not strace’s', async () => {
    const [loss] = await losses(`${first}\0\0\0\0\nhello\n`);
    expect(loss).to.equal('unparsed: lines that strace does not write, for example: ????');
  });
});
