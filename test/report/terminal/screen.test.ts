import { expect } from 'chai';
import type { ColorChoice } from '../../../src/report/terminal/screen.ts';
import { createFakeTerminal } from './fake-terminal.ts';

describe('the screen', () => {
  const cases: readonly [string, { tty?: boolean; color?: ColorChoice; env?: Record<string, string> }, boolean][] = [
    ['a terminal has colours', { tty: true }, true],
    ['a pipe has none', { tty: false }, false],
    ['a dumb terminal has none', { tty: true, env: { TERM: 'dumb' } }, false],
    ['NO_COLOR takes them away', { tty: true, env: { NO_COLOR: '1' } }, false],
    ['an empty NO_COLOR is none', { tty: true, env: { NO_COLOR: '' } }, true],
    ['FORCE_COLOR gives them to a pipe', { env: { FORCE_COLOR: '1' } }, true],
    ['FORCE_COLOR=0 takes them away', { tty: true, env: { FORCE_COLOR: '0' } }, false],
    ['NO_COLOR is stronger than FORCE_COLOR', { tty: true, env: { NO_COLOR: '1', FORCE_COLOR: '1' } }, false],
    ['--color always is stronger than NO_COLOR', { color: 'always', env: { NO_COLOR: '1' } }, true],
    ['--color never is stronger than FORCE_COLOR', { tty: true, color: 'never', env: { FORCE_COLOR: '1' } }, false],
  ];
  for (const [title, shape, expected] of cases) {
    it(`decides on colour once: ${title}`, () => {
      expect(createFakeTerminal(shape).screen.color).to.equal(expected);
    });
  }

  it('is ASCII where the locale is not UTF-8, and Unicode where there is none', () => {
    expect(createFakeTerminal({ env: {} }).screen.unicode).to.equal(true);
    expect(createFakeTerminal({ env: { LANG: 'de_DE.UTF-8' } }).screen.unicode).to.equal(true);
    expect(createFakeTerminal({ env: { LANG: 'de_DE.UTF-8', LC_ALL: 'C' } }).screen.unicode).to.equal(false);
  });

  it('replaces what ASCII has no form for', () => {
    const terminal = createFakeTerminal({ env: { LC_ALL: 'POSIX' } });
    terminal.screen.print('5 s ± 1 s · 用户\n');
    expect(terminal.out()).to.equal('5 s +/- 1 s - ??\n');
  });
});
