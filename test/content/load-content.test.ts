import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { renderCommand } from '../../src/content/atomics/render-command.ts';
import { resolveInputs } from '../../src/content/atomics/resolve-inputs.ts';
import { createContent } from '../../src/content/create-content.ts';
import { loadContent } from '../../src/content/load-content.ts';
import { signalsOf } from '../../src/content/signals-of.ts';
import { serviceOptions } from '../../src/content/topology/service-schema.ts';
import { knownTables, readProjectFiles } from './project-files.ts';

/** A query's text is its platform's, and a rule in the format of others may have keys that we do not know. */
const isQuery = (file: string): boolean =>
  /\.(kql|sumo)$/.test(file) || (file.startsWith('detections/') && !file.endsWith('/index.yaml'));

describe("the project's own content", () => {
  it('has no problem', async () => {
    const { diagnostics, counts } = await loadContent('.', { tables: knownTables });
    expect(diagnostics).to.deep.equal([]);
    expect(counts.filesNotLoaded).to.equal(0);
  });

  it('gives a variant its command and its signals, with its inputs put in', async () => {
    const content = await loadContent('.', { scenarios: ['t1583-003'] });
    const variant = content.scenarios.get('t1583-003')?.variants.find(({ name }) => name === 'vps');
    const atomic = content.atomics.get(variant?.atomic ?? '');
    if (variant === undefined || atomic === undefined || atomic.executor.name === 'manual')
      return expect.fail('no variant');
    const { inputs } = resolveInputs(atomic, variant.inputs);
    expect(renderCommand(atomic.executor.command, inputs, ''))
      .to.include('"1..24 | ForEach-Object')
      .and.include('http://203.0.113.10:8443/');
    const checkIns = signalsOf(content, atomic, inputs).find(({ id }) => id === 'check-ins');
    expect(checkIns).to.deep.include({
      on: 'target',
      count: { min: 24, max: 24 },
      every: { intervalSeconds: 3, toleranceSeconds: 1.5 },
    });
    expect(checkIns?.where).to.include({ DestinationIp: '203.0.113.10', DestinationPort: 8443, Initiated: true });
  });

  it('gives variants what the defaults say, name by name', async () => {
    const { scenarios } = await loadContent('.');
    const expectOf = (name: string) => scenarios.get('t1583-003')?.variants.find((one) => one.name === name)?.expect;
    const signalOf = (name: string) => expectOf(name)?.signals.find(({ signal }) => signal === 'check-ins');
    expect(signalOf('vps')?.verdict).to.equal('seen');
    expect(signalOf('keep-alive')?.verdict).to.equal('absent');
    expect(signalOf('keep-alive')?.place.line).to.be.above(signalOf('vps')?.place.line ?? Infinity);
    expect(expectOf('keep-alive')?.detections.map(({ detection, verdict }) => [detection, verdict])).to.deep.equal([
      ['t1583.003-sentinel-published', 'broken'],
      ['t1583.003-sentinel-maintained', 'missed'],
    ]);
  });

  it('offers services that exist, and all of them', () => {
    const folders = readdirSync('src/services', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(Object.keys(serviceOptions).sort()).to.deep.equal(folders.map(({ name }) => name).sort());
  });
});

describe('loading content', () => {
  it('reads the scenarios that are wanted, by id or by file, and says which do not exist', async () => {
    const files = await readProjectFiles();
    for (const name of ['t1583-003', 'scenarios/t1583-003.yaml', './scenarios/t1583-003.yaml'])
      expect([...createContent(files, { scenarios: [name] }).scenarios.keys()]).to.deep.equal(['t1583-003']);
    const { scenarios, diagnostics } = createContent(files, { scenarios: ['t1583-03'] });
    expect(scenarios.size).to.equal(0);
    expect(diagnostics).to.deep.equal([
      {
        code: 'scenario/no-such-scenario',
        severity: 'error',
        message: 'there is no scenario "t1583-03"',
        hint: 'did you mean "t1583-003"?',
      },
    ]);
  });

  it('says once what is wrong with a file, and not again of those who refer to it', async () => {
    const files = await readProjectFiles();
    for (const broken of files.filter(({ file }) => !isQuery(file))) {
      const others = files.filter((file) => file !== broken);
      const text = `${broken.text}\nunknown_key_here: 1\n`;
      const { diagnostics } = createContent([...others, { ...broken, text }]);
      expect([...new Set(diagnostics.map(({ place }) => place?.file))], broken.file).to.deep.equal([broken.file]);
    }
  });

  it('says all problems of all files in the order of files and lines', async () => {
    const files = (await readProjectFiles()).map(({ file, text }) =>
      isQuery(file) ? { file, text } : { file, text: `${text}\nunknown_one: 1\nunknown_two: 2\n` },
    );
    const { diagnostics } = createContent(files);
    const places = diagnostics.map(({ place }) => `${place?.file}:${String(place?.line).padStart(5)}`);
    expect(places).to.deep.equal(places.toSorted());
    expect(new Set(diagnostics.map(({ place }) => place?.file)).size).to.equal(
      files.filter(({ file }) => !isQuery(file)).length,
    );
  });

  it('finds nothing in an empty folder', async () => {
    const { diagnostics, counts } = await loadContent('test/fixtures');
    expect(diagnostics).to.deep.equal([]);
    expect(counts.files).to.equal(0);
  });
});
