import { expect } from 'chai';
import fc from 'fast-check';
import type { Diagnostic } from '../../../../src/model/diagnostic.ts';
import type { DetectionResult } from '../../../../src/model/verdict.ts';
import { sourceOf, type SourceLine } from '../../../../src/report/html/app/source/source-lines.ts';
import { stepsOf } from '../../../../src/report/html/app/source/steps.ts';
import { tokenize } from '../../../../src/report/html/app/source/tokenize.ts';
import { widthOf } from '../../../../src/report/html/app/source/flow.ts';
import { maintained, published, runFixture, variantOf } from '../run-fixture.ts';

const run = runFixture();

const detectionOf = (variant: string, id: string): DetectionResult => {
  const found = variantOf(run, variant).detections.find((detection) => detection.id === id);
  if (found === undefined) throw new Error(`no ${id} on ${variant}`);
  return found;
};

const textOf = (detection: DetectionResult): string => run.sources[detection.file] ?? '';

const sourceFor = (variant: string, id: string) => {
  const detection = detectionOf(variant, id);
  return sourceOf(detection, textOf(detection));
};

const marked = (line: SourceLine | undefined): string =>
  (line?.segments ?? []).filter((segment) => segment.marked).map((segment) => segment.text).join(''); // prettier-ignore

describe('a detection’s source', () => {
  it('is the file’s own text, line by line', () => {
    for (const id of [published, maintained]) {
      const { lines } = sourceFor('vps', id);
      const shown = lines.map((line) => line.segments.map((segment) => segment.text).join('')).join('\n');
      expect(`${shown}\n`).to.equal(textOf(detectionOf('vps', id)));
    }
  });

  it('marks a blocker at its own words and says it under its line', () => {
    const { lines } = sourceFor('as-documented', maintained);
    const blocked = lines.filter((line) => line.tone === 'blocked');
    expect(blocked.map((line) => line.number)).to.deep.equal([20]);
    expect(marked(blocked[0])).to.equal('RemoteIPType == "Public"');
    expect(blocked[0]?.blockers.map(({ number, blocker }) => [number, blocker.rowsIn, blocker.rowsOut])).to.deep.equal([
      [1, 15, 0],
    ]);
  });

  it('numbers blockers in the order in which they were found', () => {
    const { lines } = sourceFor('keep-alive', maintained);
    const numbered = lines.flatMap((line) => line.blockers.map(({ number }) => [line.number, number]));
    expect(numbered).to.deep.equal([
      [20, 1],
      [32, 2],
    ]);
  });

  it('marks each error at its line and column', () => {
    const broken = sourceFor('vps', published).lines.filter((line) => line.tone === 'broken');
    expect(broken.map((line) => [line.number, marked(line)])).to.deep.equal([
      [25, 'SentBytes'],
      [26, 'ReceivedBytes'],
      [29, 'AccountName'],
    ]);
  });

  it('marks a warning without calling its line broken', () => {
    const detection = detectionOf('vps', maintained);
    const place = { file: detection.file, line: 36, column: 5, endLine: 36, endColumn: 32 };
    const warning: Diagnostic = { code: 'kql/retired-table', severity: 'warning', message: 'retired', place };
    const { lines } = sourceOf({ ...detection, diagnostics: [warning] }, textOf(detection));
    expect([lines[35]?.tone, marked(lines[35])]).to.deep.equal(['warned', 'ThreatIntelligenceIndicator']);
  });

  it('carries the rows from clause to clause', () => {
    const { lines } = sourceFor('as-documented', maintained);
    const flow = (number: number) => {
      const found = lines[number - 1]?.flow;
      return found === null || found === undefined ? null : [found.rowsIn, found.rowsOut];
    };
    expect(flow(16), 'before the table').to.equal(null);
    expect(flow(17), 'the table').to.deep.equal([31, 31]);
    expect(flow(19), 'ActionType').to.deep.equal([31, 15]);
    expect(flow(20), 'RemoteIPType').to.deep.equal([15, 0]);
    expect(flow(26), 'inside summarize').to.deep.equal([0, 0]);
  });

  it('sets the right side of a join beside the rows that wait for it', () => {
    const { lines } = sourceFor('vps', maintained);
    expect(lines[36]?.flow).to.include({ rowsIn: 1, rowsOut: 1, beside: 1 });
    expect(lines[42]?.flow, 'the end of the join').to.include({ rowsOut: 1, beside: null });
  });

  it('lets the rows of a let run on to the statement that names it', () => {
    const { lines } = sourceFor('vps', maintained);
    expect(lines[33]?.flow).to.include({ rowsIn: 1, rowsOut: 1, beside: null });
  });

  it('keeps aside what names a place outside the text', () => {
    const detection = detectionOf('vps', published);
    const stray: Diagnostic = {
      code: 'kql/KS1',
      severity: 'error',
      message: 'x',
      place: { file: 'other.kql', line: 1, column: 1 },
    };
    const far: Diagnostic = { ...stray, place: { file: detection.file, line: 999, column: 1 } };
    const source = sourceOf({ ...detection, diagnostics: [stray, far] }, textOf(detection));
    expect(source.unplaced).to.deep.equal([stray, far]);
    expect(source.lines.every((line) => line.tone === null)).to.equal(true);
  });

  it('survives any place, and loses no character of the text', () => {
    const place = fc.record({
      line: fc.integer({ min: -1, max: 9 }),
      column: fc.integer({ min: -1, max: 40 }),
      endLine: fc.integer({ min: -1, max: 9 }),
      endColumn: fc.integer({ min: -1, max: 40 }),
    });
    const detection = detectionOf('vps', published);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(place), (text, places) => {
        const diagnostics = places.map((where): Diagnostic => ({
          code: 'kql/x',
          severity: 'error',
          message: '',
          place: { ...where, file: detection.file },
        }));
        const { lines } = sourceOf({ ...detection, diagnostics }, text);
        const shown = lines.map((line) => line.segments.map((segment) => segment.text).join('')).join('\n');
        expect(shown).to.equal(text.replaceAll('\r\n', '\n').replace(/\n$/, ''));
      }),
    );
  });
});

describe('the funnel at a glance', () => {
  const glance = (variant: string) =>
    stepsOf(detectionOf(variant, maintained).funnel).map((step) =>
      step.kind === 'pass' ? `${step.stages} pass` : `${step.change} ${step.stage.stage} ${step.stage.rows}`,
    );

  it('names the stages that change the rows, and the one that takes the last', () => {
    expect(glance('as-documented')).to.deep.equal([
      'begins table 31',
      '1 pass',
      'changes where 15',
      'ends where 0',
      '10 pass',
    ]);
    expect(glance('vps')).to.deep.equal(['begins table 24', '5 pass', 'changes summarize 1', '7 pass']);
  });

  it('accounts for every stage of the trunk', () => {
    const stages = detectionOf('vps', maintained).funnel.filter((line) => line.kind === 'stage');
    const branch = stages.filter((stage) => stage.place.line > 35 && stage.place.line < 43);
    const counted = stepsOf(stages).reduce((sum, step) => sum + (step.kind === 'pass' ? step.stages : 1), 0);
    expect(counted).to.equal(stages.length - branch.length);
  });
});

describe('tokens', () => {
  it('cover any text of any language without a gap', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('kql', 'sumo', 'sigma', 'other'), (text, language) => {
        expect(tokenize(text, language).map((token) => text.slice(token.start, token.end)).join('')).to.equal(text); // prettier-ignore
      }),
    );
  });

  it('do not take a word inside a string or a comment for an operator', () => {
    const kinds = tokenize('where x == "where" // where', 'kql').filter((token) => token.kind !== 'plain');
    expect(kinds.map((token) => token.kind)).to.deep.equal(['keyword', 'string', 'comment']);
  });
});

describe('a width', () => {
  it('grows with the rows, shows one row, and shows none for none', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(widthOf(less, more)).to.be.at.most(widthOf(more, more));
        expect(widthOf(less, more) > 0).to.equal(less > 0);
        expect(widthOf(more, more)).to.be.at.most(1);
      }),
    );
  });
});
