import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { createAgentClient, type AgentClient } from '../../../src/lab/host/agent-client.ts';
import type { AgentMessage } from '../../../src/lab/agent/protocol.ts';
import { rejection } from '../rejection.ts';

interface Agent {
  readonly client: AgentClient;
  readonly records: string[];
  readonly requests: () => readonly Record<string, unknown>[];
  say(message: AgentMessage): void;
  print(text: string): void;
  end(how: string): void;
}

const createAgent = (): Agent => {
  const input = new PassThrough();
  const output = new PassThrough();
  const ended = Promise.withResolvers<string>();
  const records: string[] = [];
  let written = '';
  input.on('data', (chunk: Buffer) => (written += chunk.toString('utf8')));
  const client = createAgentClient(
    'h',
    { input, output, ended: ended.promise },
    (record, line) => records.push(`${record} ${line}`),
    (service, line) => records.push(`output ${service.step} ${line}`),
  );
  return {
    client,
    records,
    requests: () =>
      written
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    say: (message) => output.write(`${JSON.stringify(message)}\n`),
    print: (text) => output.write(text),
    end: (how) => {
      ended.resolve(how);
      output.end();
    },
  };
};

describe("the driver's side of an agent", () => {
  it('is ready when the agent is', async () => {
    const agent = createAgent();
    agent.say({ type: 'ready', pid: 25 });
    expect(await agent.client.ready).to.equal(25);
    agent.end('');
  });

  it('matches answers by number, in whatever order they come', async () => {
    const agent = createAgent();
    const first = agent.client.start('get', { path: '/a' });
    const second = agent.client.start('get', { path: '/b' });
    agent.say({ type: 'answer', call: second.call, output: { base64: 'B' } });
    agent.say({ type: 'answer', call: first.call, output: { base64: 'A' } });
    expect(await first.answer).to.deep.equal({ base64: 'A' });
    expect(await second.answer).to.deep.equal({ base64: 'B' });
    expect(agent.requests()).to.deep.equal([
      { call: first.call, operation: 'get', input: { path: '/a' } },
      { call: second.call, operation: 'get', input: { path: '/b' } },
    ]);
    agent.end('');
  });

  it('rejects what the agent refuses, with its reason, and goes on', async () => {
    const agent = createAgent();
    const refused = agent.client.start('get', { path: '/a' });
    agent.say({ type: 'refused', call: refused.call, reason: 'ENOENT' });
    const error = await rejection(refused.answer);
    expect([error.code, error.message]).to.deep.equal(['lab/refused', 'host h: ENOENT']);
    const next = agent.client.start('snapshot', null);
    agent.say({ type: 'answer', call: next.call, output: 'fine' });
    expect(await next.answer).to.equal('fine');
    agent.end('');
  });

  it('tells the end of what a call started, and passes records on', async () => {
    const agent = createAgent();
    const { call, ended } = agent.client.start('service', {
      ...{ argv: [], env: {}, cwd: '/', timeoutMs: 1 },
      service: { step: 'web', kind: 'http-listener' },
    });
    agent.say({ type: 'record', record: 7, line: '{"a":1}' });
    agent.say({ type: 'output', service: { step: 'web', kind: 'http-listener' }, line: 'said' });
    agent.say({ type: 'ended', call, reason: 'exit code 1' });
    expect(await ended).to.equal('exit code 1');
    expect(agent.records).to.deep.equal(['7 {"a":1}', 'output web said']);
    agent.end('');
  });

  it('rejects every open call, and every later one, when the host ends', async () => {
    const agent = createAgent();
    const open = rejection(agent.client.start('snapshot', null).answer);
    agent.end('exit code 137');
    expect((await open).message).to.equal('host h is gone: it ended (exit code 137)');
    expect(await agent.client.lost).to.equal('it ended (exit code 137)');
    expect((await rejection(agent.client.start('snapshot', null).answer)).code).to.equal('lab/host-lost');
    expect((await rejection(agent.client.ready)).code).to.equal('lab/host-lost');
  });

  for (const [what, text] of [
    ['no JSON', 'Segmentation fault\n'],
    ['JSON that is no message', '[1]\n'],
    ['a message of no known type', '{"type":"x"}\n'],
  ] as const) {
    it(`gives the host up when its agent prints ${what}`, async () => {
      const agent = createAgent();
      const open = rejection(agent.client.start('snapshot', null).answer);
      agent.print(text);
      expect((await open).code).to.equal('lab/host-lost');
      agent.end('');
    });
  }

  it('takes an answer to no call for nothing', async () => {
    const agent = createAgent();
    agent.say({ type: 'answer', call: 99, output: null });
    agent.say({ type: 'ready', pid: 2 });
    expect(await agent.client.ready).to.equal(2);
    agent.end('');
  });
});
