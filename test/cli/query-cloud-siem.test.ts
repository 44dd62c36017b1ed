import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { runTocsin } from './run-tocsin.ts';

interface Document {
  readonly ok: boolean;
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly diagnostics: readonly {
    readonly code: string;
    readonly place?: { readonly file: string; readonly line: number; readonly column: number };
  }[];
}

const rule = (expression: string, more = ''): string =>
  `name: Many connections
expression: ${expression}
limit: 2
window_size: T10M
severity: 5
entity_selectors:
  - { entity_type: _ip, expression: srcDevice_ip }
${more}`;

const record = (minute: number, ip: string, port: number): string =>
  JSON.stringify({ timestamp: `2026-11-20T12:${minute}:00Z`, srcDevice_ip: ip, dstPort: port });

describe('tocsin query --language sumo, of a Cloud SIEM rule', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();
  const data = ['--data', 'sec_record_network=records.ndjson', '--now', '2026-11-20T13:00:00Z'];

  beforeEach(async () => {
    const records = [record(10, '10.0.0.5', 443), record(15, '10.0.0.5', 443), record(10, '10.0.0.6', 443)];
    await writeFile(join(folder(), 'records.ndjson'), [...records, record(45, '10.0.0.6', 443)].join('\n'));
  });

  const run = async (command: string, text: string, file = 'rule.yaml') => {
    await writeFile(join(folder(), file), text);
    return await runTocsin(folder(), [command, '--language', 'sumo', '-f', file, ...data, '--json']);
  };
  const query = async (text: string, file?: string): Promise<Document> =>
    JSON.parse((await run('query', text, file)).stdout) as Document;

  it('gives its signals, with the window of the rule', async () => {
    const { ok, columns, rows } = await query(rule('dstPort = 443'));
    expect(ok).to.equal(true);
    expect(columns.map(({ name }) => name)).to.include.members(['entity_type', 'entity', 'records']);
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include('10.0.0.5').and.include(2);
  });

  it('takes it as the API writes it too, whatever the file is called', async () => {
    const fields = {
      name: 'On this port',
      expression: 'dstPort = 443',
      entitySelectors: [{ entityType: '_ip', expression: 'srcDevice_ip' }],
    };
    expect((await query(JSON.stringify({ fields }), 'rule.txt')).rows).to.have.length(2);
  });

  it('points at what is wrong in the rule’s own file', async () => {
    const places = async (text: string) =>
      (await query(text)).diagnostics.map(
        ({ code, place }) => `${code} ${place?.file}:${place?.line}:${place?.column}`,
      );
    expect(await places(rule('dstPort = 443 and nosuch = 1'))).to.deep.equal(['sumo/unknown-field rule.yaml:2:31']);
    expect(await places(rule('dstPort = 443', 'limits: 3\n'))).to.deep.equal(['schema/unknown-key rule.yaml:8:1']);
    expect(await places(rule('dstPort = 443', 'tags: [\n'))).to.have.length(1);
    expect((await places(`${rule('dstPort = 1')}---\n${rule('dstPort = 2')}`))[0]).to.match(/^query\/several-rules/);
    expect((await run('query', rule('nosuch = 1'))).code).to.equal(2);
  });

  it('explains what kept it from giving a signal', async () => {
    const { code, stdout } = await run('explain', rule('dstPort = 444 and srcDevice_ip = "10.0.0.5"'));
    expect(code).to.equal(0);
    const { reason, funnel } = JSON.parse(stdout) as {
      reason: { clause: string; place: { file: string; line: number } };
      funnel: readonly { clause: string; rows: number }[];
    };
    expect(reason.clause).to.equal('dstPort = 444');
    expect(reason.place).to.deep.include({ file: 'rule.yaml', line: 2, column: 13 });
    expect(funnel[0]?.rows).to.equal(4);
  });

  it('is still a query where it only speaks of a rule’s keys', async () => {
    const text = '_index=sec_record_network\n| where dstPort = 443 // entity_selectors: none\n| count';
    expect((await query(text, 'query.sumo')).rows).to.deep.equal([[4]]);
  });

  it('answers a rule in a batch as it does a query', async () => {
    const tables = { sec_record_network: [{ timestamp: 1763640000000, srcDevice_ip: '10.0.0.7', dstPort: 22 }] };
    const line = { id: 1, language: 'sumo', query: rule('dstPort = 22').replace('limit: 2', 'limit: 1'), tables };
    await writeFile(join(folder(), 'batch.ndjson'), JSON.stringify(line));
    const { stdout } = await runTocsin(folder(), ['query', '--batch', 'batch.ndjson']);
    expect((JSON.parse(stdout) as Document).rows[0]).to.include('10.0.0.7');
  });
});
