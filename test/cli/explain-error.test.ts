import { expect } from 'chai';
import { explainError } from '../../src/cli/explain-error.ts';
import { HarnessError } from '../../src/model/harness-error.ts';
import type { Screen } from '../../src/report/terminal/screen.ts';

const explained = (error: unknown): { code: number; text: string } => {
  let text = '';
  const screen: Screen = {
    color: false,
    unicode: true,
    live: false,
    width: 100,
    print: () => undefined,
    note: (part) => (text += part),
  };
  return { code: explainError(error, screen), text };
};

describe('an error on the command line', () => {
  it('is said once, with its code and what to do next', () => {
    const error = new HarnessError('no engine answers', { code: 'lab/no-engine', hint: 'start it' });
    expect(explained(error)).to.deep.equal({
      code: 3,
      text: 'error[lab/no-engine]: no engine answers\n  = help: start it\n',
    });
  });

  it('cannot move the cursor', () => {
    expect(explained(new HarnessError('\u001b[2Jgone', { code: 'x/y' })).text).to.equal('error[x/y]: gone\n');
  });

  it('is our bug when nobody expected it, and ends with 70', () => {
    const { code, text } = explained(new TypeError('undefined is not a function'));
    expect(code).to.equal(70);
    expect(text).to.include('a bug of Tocsin').and.include('undefined is not a function');
  });
});
