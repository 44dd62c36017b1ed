import { expect } from 'chai';
import { createCollector } from '../../../src/content/collect.ts';
import { recognizeQuery } from '../../../src/content/detections/query-language.ts';
import { loadDetections } from '../../../src/content/load-detections.ts';
import { readVendorQueries } from '../../support/vendor-queries.ts';
import { parseGood, parseText } from './parse-text.ts';

const sigma = `title: Certutil
id: 19B08B1C-861d-4e75-a1ef-ea0c1baf202b
tags: [attack.command-and-control, attack.t1105, cve.2021-1]
logsource: { category: process_creation, product: windows }
detection:
  selection: { Image|endswith: '\\certutil.exe' }
  condition: selection
level: high
`;

const correlation = `title: Many of them
correlation:
  type: event_count
  rules: [19b08b1c-861d-4e75-a1ef-ea0c1baf202b, many]
  timespan: 5m
  group-by: [User]
  condition: { gte: 10 }
`;

/** What a folder of somebody else's gives. */
const loadForeign = (files: Readonly<Record<string, string>>) => {
  const collector = createCollector();
  const sources = Object.entries(files).map(([file, text]) => ({ file, text }));
  const detections = [...loadDetections(sources, collector, { of: 'foreign' }).values()];
  return { detections, diagnostics: collector.diagnostics };
};

describe('a Sigma rule', () => {
  it('is a detection, its techniques are in its tags, and its text is its document', () => {
    expect(parseGood('rules/certutil.yml', sigma)).to.deep.include({
      id: '19b08b1c-861d-4e75-a1ef-ea0c1baf202b',
      title: 'Certutil',
      language: 'sigma',
      platform: 'sigma',
      severity: 'high',
      techniques: ['T1105'],
      text: sigma,
      place: { file: 'rules/certutil.yml', line: 1, column: 1 },
    });
  });

  it('is told which key was meant, though Sigma lets people add their own', () => {
    const { diagnostics } = parseText('rule.yml', sigma.replace('detection:', 'detecton:'));
    expect(diagnostics.map(({ code, place, hint }) => [code, place?.line, hint])).to.deep.equal([
      ['schema/missing-key', 5, 'did you mean "detection" where it says "detecton"?'],
    ]);
  });

  it('may share its file with others', () => {
    const second = sigma.replace(/^id: .*$/m, 'id: 00000000-0000-4000-8000-00000000face');
    const { detections } = parseText('two.yml', `${sigma}---\n${second}`);
    expect(detections.map(({ place, text }) => [place.line, text])).to.deep.equal([
      [1, sigma.trimEnd()],
      [sigma.split('\n').length + 1, second],
    ]);
  });

  it('alerts through the correlation of its file, and by itself only if that says so', () => {
    const named = sigma.replace('title:', 'name: many\ntitle:');
    const silent = parseText('many.yml', `${named}---\n${correlation}`);
    expect(silent.detections.map(({ title }) => title)).to.deep.equal(['Many of them']);
    const both = parseText('many.yml', `${named}---\n${correlation.replace('type:', 'generate: true\n  type:')}`);
    expect(both.detections.map(({ title }) => title)).to.deep.equal(['Certutil', 'Many of them']);
  });
});

describe('a folder of detections of somebody else', () => {
  it('is read by content, whatever files are called', () => {
    const { detections, diagnostics } = loadForeign({
      'a/certutil.yml': sigma,
      'a/T1105 hunt.txt':
        '// Certutil with a URL\nSecurityEvent\n| where CommandLine has "certutil"\n| summarize count() by Account\n',
      'b/beacons.txt': '_sourceCategory=proxy\n| timeslice 1h\n| count by src_ip\n',
      'b/rule.json':
        '{"name": "A", "expression": "a = 1", "entitySelectors": [{"entityType": "_ip", "expression": "a"}]}',
    });
    expect(diagnostics).to.deep.equal([]);
    expect(detections.map(({ id, language }) => [id, language]).sort()).to.deep.equal([
      ['19b08b1c-861d-4e75-a1ef-ea0c1baf202b', 'sigma'],
      ['a.t1105-hunt', 'kql'],
      ['b.beacons', 'sumo'],
      ['b.rule', 'cloud-siem'],
    ]);
    const hunt = detections.find(({ id }) => id === 'a.t1105-hunt');
    expect(hunt).to.include({ title: 'Certutil with a URL' });
    expect(hunt?.techniques).to.deep.equal(['T1105']);
  });

  it('names what it does not recognize, why, and what was nearest', () => {
    const { detections, diagnostics } = loadForeign({
      'workflow.yaml': 'on: push\njobs: {}\n',
      'near.yaml': 'title: A\nlog_source: {}\n',
      'list.json': '[1, 2]',
      'main.tf': 'resource "sumologic_cse_match_rule" "a" {}\n',
      'arm.json': '{"$schema": "https://schema.management.azure.com/x#", "resources": []}',
      'notes.txt': 'Remember to tune these.\n',
      'empty.yaml': '',
    });
    expect(detections).to.deep.equal([]);
    expect(new Set(diagnostics.map(({ code, severity }) => `${severity} ${code}`))).to.deep.equal(
      new Set(['warning detection/not-recognized']),
    );
    const said = new Map(diagnostics.map(({ place, message, hint }) => [place?.file, `${message} | ${hint ?? ''}`]));
    expect([...said.keys()].sort()).to.have.length(7);
    expect(said.get('workflow.yaml')).to.include('its keys are on, jobs');
    expect(said.get('near.yaml')).to.include('did you mean "logsource" where it says "log_source"?');
    expect(said.get('list.json')).to.include('a list');
    expect(said.get('main.tf')).to.include('main.tf.json');
    expect(said.get('arm.json')).to.include('Azure Resource Manager');
    expect(said.get('notes.txt')).to.include('no query language');
  });
});

describe('the language of a bare query', () => {
  it('is that of the vendor who ships it', async function () {
    const queries = await readVendorQueries(this);
    const wrong = queries.filter(({ text, language }) => ![language, null].includes(recognizeQuery(text)));
    expect(wrong).to.deep.equal([]);
    const known = queries.filter(({ text }) => recognizeQuery(text) !== null);
    expect(known.length / queries.length).to.be.above(0.99);
  });

  it('is not told of by comments and quotes', () => {
    expect(recognizeQuery('// SecurityEvent | summarize count() by Account\n')).to.equal(null);
    expect(recognizeQuery('_index=sec | where url = "https://x/y" | count by url')).to.equal('sumo');
  });
});
