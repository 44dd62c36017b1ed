import { expect } from 'chai';
import fc from 'fast-check';
import { createCodeFrame } from '../../../src/report/diagnostics/code-frame.ts';
import { displayWidth } from '../../../src/report/diagnostics/display-text.ts';
import { renderDiagnostic } from '../../../src/report/diagnostics/render-diagnostic.ts';
import { renderCount } from '../../../src/report/diagnostics/render-diagnostics.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';

const unknownColumn: Diagnostic = {
  code: 'kql/unknown-column',
  severity: 'error',
  message: 'unknown column "ProcesName"',
  place: { file: 'detections/cron.kql', line: 3, column: 9, endLine: 3, endColumn: 19 },
  excerpt: '| where ProcesName == "crond"',
  hint: 'did you mean "ProcessName"?',
};

describe('a diagnostic', () => {
  it('is drawn with its line and carets', () => {
    expect(renderDiagnostic(unknownColumn)).to.equal(
      [
        'error[kql/unknown-column]: unknown column "ProcesName"',
        '  --> detections/cron.kql:3:9',
        '   |',
        ' 3 | | where ProcesName == "crond"',
        '   |         ^^^^^^^^^^',
        '   = help: did you mean "ProcessName"?',
      ].join('\n'),
    );
  });

  it('is drawn without a place', () => {
    expect(
      renderDiagnostic({ code: 'scenario/no-such-scenario', severity: 'warning', message: 'none', hint: 'x' }),
    ).to.equal('warning[scenario/no-such-scenario]: none\n  = help: x');
  });

  it('is painted by the caller, and carries no escape of its own', () => {
    const painted = renderDiagnostic(unknownColumn, (style, text) => `<${style}>${text}</>`);
    expect(painted).to.include('<red>error[kql/unknown-column]</>').and.include('<red>^^^^^^^^^^</>');
    expect(painted.replace(/<\/?\w*>/g, '')).to.equal(renderDiagnostic(unknownColumn));
  });

  it('cannot steer the terminal', () => {
    const hostile = '\u001b[2J\u009b31m\r\u202ename\u0007';
    const drawn = renderDiagnostic({
      ...unknownColumn,
      message: hostile,
      excerpt: hostile,
      hint: hostile,
      place: { file: hostile, line: 1, column: 1 },
    });
    expect(drawn).to.match(/^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]*$/);
  });
});

describe('a code frame', () => {
  const frame = (excerpt: string, column: number, endColumn?: number) =>
    createCodeFrame(excerpt, {
      file: 'a',
      line: 1,
      column,
      ...(endColumn === undefined ? {} : { endLine: 1, endColumn }),
    });

  it('has one caret for a point, also behind the end of the line', () => {
    expect(frame('abc', 2).carets).to.equal(' ^');
    expect(frame('abc', 9).carets).to.equal('   ^');
  });

  it('goes to the end of the line when the range goes on below', () => {
    const { carets } = createCodeFrame('key: |  ', { file: 'a', line: 1, column: 6, endLine: 4, endColumn: 1 });
    expect(carets).to.equal('     ^');
  });

  it('stands under what is two cells wide, and under tabs', () => {
    expect(frame('\t名前 == x', 8, 9)).to.deep.equal({ source: ' 名前 == x', carets: '         ^' });
  });

  it('cuts a long line around the place', () => {
    const { source, carets } = frame(`${'a'.repeat(500)}HERE${'b'.repeat(500)}`, 501, 505);
    expect(source.length).to.be.below(130);
    expect(source.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).to.equal('HERE');
  });

  it('keeps its carets within its line, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat(320), fc.nat(20), (text, at, length) => {
        const { source, carets } = frame(text, at + 1, at + 1 + length);
        expect(carets).to.match(/^ *\^+$/);
        expect(carets.length).to.be.at.most(displayWidth(source) + 1);
      }),
    );
  });
});

describe('the count of diagnostics', () => {
  it('is of errors, warnings and files', () => {
    const warning: Diagnostic = { ...unknownColumn, severity: 'warning' };
    expect(renderCount([unknownColumn, unknownColumn, warning])).to.equal('2 errors, 1 warning in 1 file');
    expect(renderCount([warning])).to.equal('1 warning in 1 file');
  });
});
