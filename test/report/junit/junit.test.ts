import { expect } from 'chai';
import fc from 'fast-check';
import { exitCode } from '../../../src/model/exit-code.ts';
import type { Result, RunResult } from '../../../src/model/run-result.ts';
import { renderJunit } from '../../../src/report/junit/junit.ts';
import { xmlCdata, xmlElement, xmlText, xmlTextElement } from '../../../src/report/junit/xml.ts';
import { fixtureRun } from '../fixture-run.ts';
import { sampleRun } from '../sample-run.ts';
import { all, parseXml, textOf } from './parse-xml.ts';

const numberOf = (value: string | undefined): number => Number(value ?? Number.NaN);

describe('the JUnit report', () => {
  it('reads back as a suite per technique and a case per claim, with the file of each rule', () => {
    const root = parseXml(renderJunit(fixtureRun()));
    expect(root.name).to.equal('testsuites');
    expect(all(root, 'testsuite').map(({ attributes }) => attributes['name'])).to.deep.equal([
      'T1583.003 Acquire Infrastructure: Virtual Private Server',
      'lab',
    ]);
    const files = new Map(all(root, 'testcase').map(({ attributes: { name, file } }) => [name, file]));
    const judged = fixtureRun().results.flatMap(({ variant, detections }) =>
      detections.map(({ id, file }) => [`${variant} › ${id}`, file] as const),
    );
    expect(judged.length).to.be.greaterThan(4);
    for (const [name, file] of judged) expect(files.get(name), name).to.equal(file);
  });

  for (const [name, run] of [
    ['of a run as expected', fixtureRun()],
    ['of a run with gaps', sampleRun],
  ] as const) {
    it(`counts what is in it, ${name}`, () => {
      const root = parseXml(renderJunit(run));
      const suites = all(root, 'testsuite');
      for (const [attribute, element] of [
        ['tests', 'testcase'],
        ['failures', 'failure'],
        ['errors', 'error'],
        ['skipped', 'skipped'],
      ] as const) {
        for (const node of [root, ...suites]) {
          expect(numberOf(node.attributes[attribute]), `${attribute} of ${node.attributes['name']}`).to.equal(
            all(node, element).length,
          );
        }
      }
      const seconds = all(root, 'testcase').reduce((sum, { attributes }) => sum + numberOf(attributes['time']), 0);
      expect(numberOf(root.attributes['time'])).to.be.closeTo(seconds, 0.01);
    });
  }

  it('tells a gap from an attack that did not happen', () => {
    const cases = new Map(
      all(parseXml(renderJunit(sampleRun)), 'testcase').map((node) => [
        node.attributes['name'],
        node.children
          .flatMap((child) => (typeof child === 'string' ? [] : child.name))
          .filter((n) => n !== 'system-err'),
      ]),
    );
    expect(cases.get('vps › signal check-ins')).to.deep.equal(['failure']);
    expect(cases.get('vps › t1583-003-maintained')).to.deep.equal([]);
    expect(cases.get('no-tool › attack')).to.deep.equal(['error']);
    expect(cases.get('no-tool › signal check-ins')).to.deep.equal(['skipped']);
    expect(cases.get('no-tool › t1583-003-maintained')).to.deep.equal(['error']);
    expect(cases.get('lab › leaves nothing behind')).to.deep.equal(['failure']);
  });

  it('is green only where the run is', () => {
    const bad = (run: RunResult): number =>
      ['failure', 'error'].flatMap((n) => all(parseXml(renderJunit(run)), n)).length;
    expect(fixtureRun().exitCode).to.equal(exitCode.ok);
    expect(bad(fixtureRun())).to.equal(0);
    const [first, ...rest] = fixtureRun().results;
    if (first === undefined) throw new Error('the fixture has results');
    const spoiled: readonly Result[] = [
      { ...first, cleanup: { verdict: 'dirty', left: ['/tmp/x'] } },
      { ...first, signals: first.signals.map((signal) => ({ ...signal, met: false })) },
      { ...first, detections: first.detections.map((detection) => ({ ...detection, met: false })) },
      { ...first, executed: { ...first.executed, status: 'not-run', reason: 'sensor-lost' } },
    ];
    for (const result of spoiled) expect(bad({ ...fixtureRun(), results: [result, ...rest] })).to.be.greaterThan(0);
  });

  it('carries what a host printed without what XML or a terminal would read as a command', () => {
    const [first] = sampleRun.results;
    if (first === undefined) throw new Error('the sample has results');
    const hostile = 'a]]>b\u0000\u0008\ud800 <x> & \u001b[31mred\u001b[0m ]]]]>>';
    const root = parseXml(
      renderJunit({ ...sampleRun, results: [{ ...first, executed: { ...first.executed, stdout: hostile } }] }),
    );
    expect(all(root, 'system-out').map(textOf)).to.deep.equal(['a]]>b <x> & red ]]]]>>']);
  });
});

describe('the XML writer', () => {
  const legal = (text: string): string =>
    [...text].filter((c) => /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(c)).join('');

  it('writes any text so that a strict reader gets all of it that XML can hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (attribute, text) => {
        const node = parseXml(xmlTextElement('a', { b: attribute }, xmlText(text)));
        expect(node.attributes['b']).to.equal(legal(attribute));
        expect(textOf(node)).to.equal(legal(text));
      }),
    );
  });

  it('splits the end of CDATA', () => {
    const part = fc.constantFrom(']', '>', ']]>', '<', '&', 'x', '<![CDATA[', '\u0000');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        expect(textOf(parseXml(xmlElement('a', {}, [xmlCdata(text)]))).trim()).to.equal(legal(text).trim());
      }),
    );
  });
});
