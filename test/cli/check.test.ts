import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { runTocsin } from './run-tocsin.ts';

const quick = resolve(import.meta.dirname, '../fixtures/projects/quick');
const recording = resolve(import.meta.dirname, '../fixtures/recording/quick');

const sigma = (title: string, selection: string, tag = 'attack.t1571'): string =>
  `title: ${title}\nid: ${[...title]
    .map((letter) => letter.charCodeAt(0).toString(16))
    .join('')
    .padEnd(8, '0')
    .slice(0, 8)}-0000-4000-8000-000000000000
tags: [${tag}]
logsource: { category: network_connection, product: linux }
detection:
  selection: { ${selection} }
  condition: selection
`;

/** Somebody's folder of detections. */
const theirs: Readonly<Record<string, string>> = {
  'sigma/port.yml': sigma('Port 4444', 'DestinationPort: 4444'),
  'sigma/typo.yml': sigma('A typo', 'DestinationPort|contians: 4444'),
  'sigma/registry.yml': sigma('Registry', 'TargetObject: x').replace('network_connection', 'wmi_event'),
  'kql/hunt.txt': '// Odd ports\nDeviceNetworkEvents\n| where RemotePrt == 4444\n| summarize count() by DeviceName\n',
  'notes.md': '# Notes\n',
  'pipeline.yaml': 'steps: []\n',
};

describe('tocsin check', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();

  const writeTheirs = async (): Promise<void> => {
    for (const [path, text] of Object.entries(theirs)) {
      await mkdir(dirname(join(folder(), 'theirs', path)), { recursive: true });
      await writeFile(join(folder(), 'theirs', path), text);
    }
  };

  it('checks the queries of a project too, before anything runs', async () => {
    const { code, stdout, stderr } = await runTocsin(quick, ['check']);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout).to.equal('8 files: 1 atomic, 1 signal, 1 detection (1 kql), 1 scenario; 0 not loaded\n');
  });

  it("reads somebody else's folder by content, and says every problem of every file in one pass", async () => {
    await writeTheirs();
    const { code, stdout, stderr } = await runTocsin(folder(), ['check', 'theirs']);
    expect(code).to.equal(2);
    expect(stdout).to.equal(
      '5 files: 4 detections (1 kql, 3 sigma); 0 not loaded\n' +
        '1 rule of log sources that no table holds: blind in every lab of ours\n' +
        'not opened: 1 .md\n',
    );
    expect(stderr).to.include('error[kql/KS142]').and.include('theirs/kql/hunt.txt:3:9');
    expect(stderr).to.include('Did you mean RemotePort?');
    expect(stderr).to.include('error[sigma/unknown-modifier]').and.include('did you mean "contains"?');
    expect(stderr).to.include('warning[detection/not-recognized]').and.include('theirs/pipeline.yaml:1:1');
    expect(stderr).to.include('2 errors, 1 warning in 3 files');
  });

  it('says the same as one document', async () => {
    await writeTheirs();
    const { stdout } = await runTocsin(folder(), ['check', '--json', 'theirs/sigma']);
    const document = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(document).to.deep.include({ kind: 'check', languages: { sigma: 3 }, notOpened: {} });
    expect(document['withoutTable']).to.have.length(1);
  });

  it('--fix rewrites what has an equivalent, and leaves published files word for word', async () => {
    const text = '_index=sec_record_network\n| stats count as n by dstDevice_ip\n| eval many = if(n > 5, 1, 0)\n';
    for (const path of ['rules/beacon.sumo', 'rules/published/beacon.sumo']) {
      await mkdir(dirname(join(folder(), path)), { recursive: true });
      await writeFile(join(folder(), path), text);
    }
    const { code, stderr } = await runTocsin(folder(), ['check', '--fix', 'rules']);
    expect(stderr).to.contain('fixed 2 places in rules/beacon.sumo');
    expect(code).to.equal(0);
    expect(await readFile(join(folder(), 'rules/beacon.sumo'), 'utf8')).to.equal(
      '_index=sec_record_network\n| count as n by dstDevice_ip\n| if(n > 5, 1, 0) as many\n',
    );
    expect(await readFile(join(folder(), 'rules/published/beacon.sumo'), 'utf8')).to.equal(text);
  });

  it('says that there is nothing at a path', async () => {
    const { code, stderr } = await runTocsin(folder(), ['list', 'detections', '--detections', 'nowhere']);
    expect(code).to.equal(2);
    expect(stderr).to.include('there is nothing at nowhere');
  });

  it("judges somebody else's rules on a recording, beside the scenario's own", async () => {
    await writeTheirs();
    const args = ['replay', recording, '--json', '--output', folder(), '--detections', join(folder(), 'theirs/sigma')];
    const { code, stdout, stderr } = await runTocsin(quick, args);
    expect(code, stderr).to.equal(0);
    const { results } = JSON.parse(stdout) as {
      readonly results: readonly {
        readonly detections: readonly { readonly title: string; readonly verdict: string; readonly file: string }[];
      }[];
    };
    const verdicts = results[0]?.detections.map(({ title, verdict, file }) => [title, verdict, file]).sort();
    expect(verdicts).to.deep.equal([
      ['A typo', 'broken', 'sigma/typo.yml'],
      ['Port 4444', 'fired', 'sigma/port.yml'],
      ['Registry', 'blind', 'sigma/registry.yml'],
      ['Repeated connections to one public address', 'missed', 'detections/T1571/outbound-public.kql'],
    ]);
  });
});
