import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { checkProject } from '../../src/api/check/check-content.ts';
import { replayRecording } from '../../src/api/replay-recording.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { systemClock } from '../../src/util/clock.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures');
const rule = 'detections/T1571/outbound-public.kql';

describe('the environment of a scenario', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();

  const edit = async (file: string, change: (text: string) => string): Promise<void> => {
    const path = join(folder(), file);
    await writeFile(path, change(await readFile(path, 'utf8')));
  };

  beforeEach(async () => {
    await cp(join(fixtures, 'projects/quick'), folder(), { recursive: true });
    await mkdir(join(folder(), 'environments'));
    await writeFile(
      join(folder(), 'environments/corp.yaml'),
      'functions: [allowed.kql]\nwatchlists:\n  Partners: partners.csv\n',
    );
    await writeFile(
      join(folder(), 'environments/allowed.kql'),
      "let Allowed = (ip:string) { ip in ((_GetWatchlist('Partners') | project Address)) };",
    );
    await writeFile(join(folder(), 'environments/partners.csv'), 'Address\n192.0.2.1\n');
    await edit('scenarios/quick.yaml', (text) => text.replace('topology:', 'environment: corp\ntopology:'));
    await edit(rule, (text) => text.replace('| summarize', '| where not(Allowed(RemoteIP))\n| summarize'));
  });

  const verdicts = async (
    options: { environment?: { path: string; shown: string } } = {},
    recording = join(fixtures, 'recording/quick'),
  ) => {
    const { result } = await replayRecording(recording, {
      root: folder(),
      reports: join(folder(), 'reports'),
      reparse: false,
      scenario: null,
      clock: systemClock,
      signal: new AbortController().signal,
      emit: () => undefined,
      ...options,
    });
    return result.results.flatMap(({ detections }) => detections.map(({ verdict }) => verdict));
  };

  const problems = async () =>
    (await checkProject(folder(), null)).diagnostics.map(
      ({ code, place }) => `${code} ${place?.file ?? ''}:${place?.line ?? 0}:${place?.column ?? 0}`,
    );

  it('is what its detections are judged in', async () => {
    expect(await verdicts()).to.deep.equal(['missed', 'fired']);
    await edit('environments/partners.csv', (text) => `${text}203.0.113.10\n`);
    expect(await verdicts()).to.deep.equal(['missed', 'missed']);
  });

  it('gives way to one that is named for the run', async () => {
    const path = join(folder(), 'other.yaml');
    await writeFile(path, 'functions:\n  - text: "let Allowed = (ip:string) { true };"\n');
    expect(await verdicts({ environment: { path, shown: 'other.yaml' } })).to.deep.equal(['missed', 'missed']);
  });

  it('is checked with the project: what it names, what its functions and rows are', async () => {
    expect(await problems()).to.deep.equal([]);
    await edit('environments/corp.yaml', (text) => text.replace('allowed.kql', 'none.kql'));
    expect(await problems()).to.deep.equal([
      `kql/KS107 ${rule}:4:13`,
      `kql/KS211 ${rule}:4:13`,
      'query/no-file environments/corp.yaml:1:13',
    ]);
  });

  it('knows where the lab’s own networks are, as the recording says', async () => {
    const recording = join(folder(), 'recorded');
    await cp(join(fixtures, 'recording/quick'), recording, { recursive: true });
    const path = join(recording, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
    const location = { country: 'IS', region: null, city: 'Reykjavik', latitude: 64.14, longitude: -21.94 };
    const providers = manifest.topology.zones.map(({ name, prefix, ipType }) => ({
      ...{ name, prefix, ipType, location, asNumber: 64500, asOrganization: 'Kestrel' },
    }));
    await writeFile(path, JSON.stringify({ ...manifest, topology: { ...manifest.topology, providers } }));
    const from = (country: string) => (text: string) =>
      text.replace(/where not.*/, `where geo_info_from_ip_address(RemoteIP).country == "${country}"`);
    await edit(rule, from('Iceland'));
    expect(await verdicts({}, recording)).to.deep.equal(['missed', 'fired']);
    await edit(rule, (text) => text.replace('Iceland', 'Portugal'));
    expect(await verdicts({}, recording)).to.deep.equal(['missed', 'missed']);
  });

  it('must be there', async () => {
    await edit('scenarios/quick.yaml', (text) => text.replace('environment: corp', 'environment: crop'));
    expect(await problems()).to.deep.equal(['scenario/unknown-environment scenarios/quick.yaml:4:14']);
  });
});
