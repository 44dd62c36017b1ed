import { expect } from 'chai';
import type { EventAction, LabEvent } from '../../../src/model/event.ts';
import { parseTrace, type TraceOutput } from '../../../src/sensors/trace/parse-trace.ts';
import { fixtureContext, fixtureFile } from '../support/fixture.ts';

const parse = (name: string): Promise<TraceOutput> => parseTrace(fixtureFile(`${name}.trace`), fixtureContext(name));

const where = (events: readonly LabEvent[], step: string, ...actions: EventAction[]): readonly LabEvent[] =>
  events.filter(
    (event) => event['tocsin.step'] === step && (actions.length === 0 || actions.includes(event['event.action'])),
  );

const show = (events: readonly LabEvent[], ...columns: (keyof LabEvent)[]): unknown[][] =>
  events.map((event) => columns.map((column) => event[column] ?? null));

describe('the trace of a shell', () => {
  it('is whole and wholly understood', async () => {
    const { integrity, report } = await parse('shell');
    expect(integrity).to.include({ begins: true, ends: true, torn: false });
    expect(report.losses).to.deep.equal([]);
  });

  it('has each program once, with arguments, folder, parent and cause', async () => {
    const { events } = await parse('shell');
    const starts = where(events, 'step-1', 'process-start');
    expect(show(starts, 'process.name', 'process.args')).to.deep.include(['mv', '["mv","f","g"]']);
    expect(starts.map((event) => event['process.name'])).to.have.members([
      'bash',
      'sleep',
      'ls',
      'cat',
      'mv',
      'chmod',
      'mkdir',
      'rm',
    ]);
    for (const event of starts) {
      expect(event).to.include({
        'process.working_directory': '/tmp',
        'user.name': 'analyst',
        'tocsin.origin': 'test',
        'tocsin.variant': 'variant-of-step-1',
        'tocsin.cause': 'lineage+marker',
        'ocsf.class_uid': 1007,
      });
    }
    const [bash, ...others] = starts;
    expect(bash?.['process.parent.pid'], 'the agent is nobody’s parent').to.equal(undefined);
    for (const event of others) expect(event['process.parent.executable']).to.equal('/bin/bash');
  });

  it('keeps the real parent of an orphan', async () => {
    const { events } = await parse('shell');
    const [bash] = where(events, 'step-1', 'process-start');
    const sleep = where(events, 'step-1', 'process-end').find((event) => event['process.name'] === 'sleep');
    expect(sleep?.['process.parent.pid'], 'a subshell of its own').to.not.equal(bash?.['process.pid']);
    expect(sleep?.['process.grandparent.pid']).to.equal(bash?.['process.pid']);
  });

  it('tells how each process ended', async () => {
    const { events } = await parse('shell');
    const ends = events.filter((event) => event['event.action'] === 'process-end' && event['process.name'] === 'bash');
    expect(show(ends, 'process.exit_code', 'event.reason')).to.deep.equal([
      [null, 'SIGSEGV'],
      [3, null],
    ]);
  });

  it('follows a file from its creation to its end', async () => {
    const { events } = await parse('shell');
    const files = events.filter((event) => event['file.path'] !== undefined);
    expect(show(files, 'event.action', 'file.path', 'file.previous.path', 'file.mode', 'event.reason')).to.deep.equal([
      ['file-create', '/tmp/f', null, '0666', 'created-or-overwritten'],
      ['file-write', '/tmp/f', null, null, null],
      ['file-rename', '/tmp/g', '/tmp/f', null, null],
      ['file-chmod', '/tmp/g', null, '0600', null],
      ['directory-create', '/tmp/d', null, '0777', null],
      ['file-delete', '/tmp/g', null, null, null],
    ]);
  });

  it('shows a launcher that the test itself runs, and every exec of a chain', async () => {
    const { events } = await parse('shell');
    const starts = where(events, 'step-3', 'process-start');
    expect(starts.map((event) => event['process.command_line'])).to.deep.equal([
      `/bin/bash -c 'setpriv --no-new-privs true; exec sh -c "exec sleep 0"'`,
      'setpriv --no-new-privs true',
      'true',
      "sh -c 'exec sleep 0'",
      'sleep 0',
    ]);
    expect(new Set(starts.map((event) => event['process.entity_id'])).size, 'two processes').to.equal(2);
  });
});

describe('the trace of a program that starts others', () => {
  it('sees spawn, vfork and an exec by a thread', async () => {
    const { events } = await parse('spawn');
    const starts = where(events, 'step-1', 'process-start');
    expect(starts.map((event) => event['process.name'])).to.deep.equal(['bash', 'python3', 'echo', 'true', 'echo']);
    const [bash, , , , thread] = starts;
    expect(thread?.['process.args']).to.equal('["echo","from a thread"]');
    expect(thread?.['process.entity_id'], 'the thread took its leader’s place').to.equal(bash?.['process.entity_id']);
    expect(where(events, 'step-1', 'process-end')).to.have.length(3);
  });

  it('takes nothing that a program says for a line of its own', async () => {
    const { events } = await parse('spawn');
    const said = '1795192432.013023 execve("/x") = 0';
    expect(events.map((event) => event['process.args'])).to.include(JSON.stringify(['echo', 'a b', 'é', said]));
    expect(events.filter((event) => event['process.executable'] === '/x')).to.deep.equal([]);
  });

  it('notices an environment without the marker', async () => {
    const { events } = await parse('spawn');
    const [, , echo] = where(events, 'step-1', 'process-start');
    expect(echo?.['tocsin.cause']).to.equal('lineage');
  });

  it('keeps file names whatever bytes they have, and counts the bytes that are no text', async () => {
    const { events, report } = await parse('spawn');
    const created = where(events, 'step-1', 'file-create').map((event) => [event['file.path'], event['event.reason']]);
    expect(created).to.deep.equal([
      ['/tmp/a>b"c\n = 0 <unfinished ...>', 'created-or-opened'],
      ['/tmp/h\\xe9llo\\xff', 'created-or-opened'],
      ['/tmp/日本', 'created'],
      ['/tmp/dd/in', 'created-or-opened'],
      ['/tmp/soft', 'symbolic-link'],
      ['/tmp/hard', 'hard-link'],
    ]);
    expect(report.losses.map(({ kind, count }) => [kind, count])).to.deep.equal([['unparsed', 1]]);
  });

  it('leaves out what is no file of the disk', async () => {
    const { events } = await parse('spawn');
    expect(events.filter((event) => event['file.path']?.startsWith('/dev/'))).to.deep.equal([]);
  });
});

describe('the trace of connections', () => {
  it('has each attempt once, with its outcome', async () => {
    const { events } = await parse('network');
    const attempts = where(events, 'step-1', 'connect');
    expect(
      show(attempts, 'destination.ip', 'destination.port', 'event.outcome', 'event.reason', 'ocsf.activity_id'),
    ).to.deep.equal([
      ['127.0.0.1', 8443, 'success', null, 1],
      ['127.0.0.1', 8443, 'success', null, 1],
      ['127.0.0.1', 8443, 'success', null, 1],
      ['127.0.0.1', 1, 'failure', 'refused', 5],
      ['127.0.0.1', 2, 'failure', 'refused', 5],
      ['192.0.2.1', 80, 'failure', 'unreachable', 4],
      ['127.0.0.1', 9000, 'failure', 'timeout', 4],
      ['127.0.0.1', 9000, 'failure', 'timeout', 4],
    ]);
  });

  it('knows both sides of a connection, and they agree with the accepting end', async () => {
    const { events } = await parse('network');
    const sides = (action: EventAction): unknown[][] =>
      show(where(events, 'step-1', action), 'source.ip', 'source.port', 'destination.ip', 'destination.port');
    expect(sides('accept')).to.deep.equal(sides('connect').slice(0, 3));
    expect(sides('accept')[2]).to.deep.equal(['127.0.0.1', 40001, '127.0.0.1', 8443]);
  });

  it('has what listens, and nothing of Unix sockets', async () => {
    const { events } = await parse('network');
    const listeners = where(events, 'step-1', 'bind', 'listen');
    expect(show(listeners, 'event.action', 'destination.port')).to.deep.equal([
      ['bind', 8443],
      ['listen', 8443],
      ['bind', 40001],
      ['bind', 9000],
      ['listen', 9000],
    ]);
  });

  it('says that a connect was cut off when its process was killed inside it', async () => {
    const { events } = await parse('network');
    const attempts = show(where(events, 'step-4', 'connect'), 'event.outcome', 'event.reason');
    expect(attempts.at(-1)).to.deep.equal(['failure', 'aborted']);
  });

  it('names the domain for which the address was the answer', async () => {
    const { events } = await parse('network');
    const [connect] = where(events, 'step-3', 'connect');
    expect(connect).to.include({ 'destination.ip': '127.0.0.7', 'destination.domain': 'www.shop.lab' });
  });
});

describe('the trace of name resolution', () => {
  const questions = async (step: string): Promise<unknown[][]> => {
    const { events } = await parse('dns');
    const found = where(events, step, 'dns-query');
    return show(found, 'dns.question.name', 'dns.question.type', 'dns.response_code', 'dns.answers', 'event.outcome');
  };

  it('has the questions of glibc with their answers', async () => {
    expect(await questions('step-1')).to.deep.equal([
      ['c2.lab', 'A', 'NOERROR', '[{"type":"A","data":"127.0.0.5"}]', 'success'],
      ['c2.lab', 'AAAA', 'NOERROR', '[]', 'success'],
    ]);
  });

  it('has names that do not exist as failures', async () => {
    expect((await questions('step-2')).slice(0, 2)).to.deep.equal([
      ['nosuch.example', 'A', 'NXDOMAIN', '[]', 'failure'],
      ['nosuch.example', 'AAAA', 'NXDOMAIN', '[]', 'failure'],
    ]);
  });

  it('reads node’s own resolver, and aliases', async () => {
    const answers = '[{"type":"CNAME","data":"shop.lab"},{"type":"A","data":"127.0.0.7"}]';
    expect(await questions('step-3')).to.deep.equal([['www.shop.lab', 'A', 'NOERROR', answers, 'success']]);
    const { events } = await parse('dns');
    expect(where(events, 'step-3', 'connect')[0]?.['destination.domain']).to.equal('www.shop.lab');
  });

  it('sees through sockets that were bound first, that never connected, and TCP in pieces', async () => {
    const { events } = await parse('dns');
    const found = where(events, 'step-5', 'dns-query');
    expect(show(found, 'network.transport', 'destination.port', 'dns.response_code')).to.deep.equal([
      ['udp', 53, 'NOERROR'],
      ['udp', 53, 'NOERROR'],
      ['tcp', 53, 'NOERROR'],
    ]);
  });

  it('counts packets on port 53 that are something else', async () => {
    const { report } = await parse('dns');
    expect(report.losses.map(({ kind, count }) => [kind, count])).to.deep.equal([['unparsed', 1]]);
  });
});
