import { expect } from 'chai';
import fc from 'fast-check';
import { realTime } from '../../src/model/drill-clock.ts';
import { createDrillTime, parseDrillClock, renderDrillClock } from '../../src/util/drill-time.ts';
import { createLossCounter } from '../../src/sensors/loss-counter.ts';
import { baseName, directoryName, personaPath } from '../../src/sensors/persona-path.ts';
import { shellCommandLine } from '../../src/sensors/trace/command-line.ts';

/** The word splitting of a POSIX shell, as far as single quotes and `\'` go. */
const shellWords = (line: string): string[] =>
  [...line.matchAll(/(?:'[^']*'|\\'|[^' ])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|\\'/g, (_, inner: string | undefined) => inner ?? "'"),
  );

describe('a command line', () => {
  it('is split by a shell into the arguments it was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (args) => {
        expect(shellWords(shellCommandLine(args))).to.deep.equal(args);
      }),
    );
  });

  it('has quotes only where they are needed', () => {
    expect(shellCommandLine(['curl', '-s', 'http://a.lab:1/', "it's", ''])).to.equal(
      "curl -s http://a.lab:1/ 'it'\\''s' ''",
    );
  });
});

describe('drill time', () => {
  it('is real time, or stretched from the instant where both agree', () => {
    const start = 1_795_192_432_000_000;
    expect(createDrillTime(realTime)(start)).to.equal(start);
    const drill = createDrillTime({ scale: 60, startMicros: start });
    expect(drill(start)).to.equal(start);
    expect(drill(start + 1_000_001)).to.equal(start + 60_000_060);
  });

  it('is told to the programs of a host in one variable', () => {
    for (const clock of [realTime, { scale: 60, startMicros: 1_795_192_432_000_123 }, { scale: 2.5, startMicros: 1 }]) {
      expect(parseDrillClock(renderDrillClock(clock))).to.deep.equal(clock);
    }
    for (const text of ['', '60', '0@1', '-1@1', '1e3@1', '60@x']) expect(parseDrillClock(text), text).to.equal(null);
  });
});

describe('a path', () => {
  it('is shown as the persona writes it', () => {
    expect(personaPath('/C:/Windows/System32/cmd.exe', 'windows')).to.equal('C:\\Windows\\System32\\cmd.exe');
    expect(personaPath('/C:', 'windows')).to.equal('C:\\');
    expect(personaPath('/C:x/y', 'windows')).to.equal('/C:x/y');
    expect(personaPath('/C:/Windows', 'linux')).to.equal('/C:/Windows');
    expect(personaPath('/usr/bin/env', 'windows')).to.equal('/usr/bin/env');
  });

  it('has a folder and a name in either form', () => {
    const parts = (path: string): string[] => [directoryName(path), baseName(path)];
    expect(parts('/tmp/a\\b')).to.deep.equal(['/tmp', 'a\\b']);
    expect(parts('/f')).to.deep.equal(['/', 'f']);
    expect(parts('C:\\f.txt')).to.deep.equal(['C:\\', 'f.txt']);
    expect(parts('C:\\Users\\x\\f.txt')).to.deep.equal(['C:\\Users\\x', 'f.txt']);
  });
});

describe('a loss', () => {
  it('is counted with its first example, without control characters and in one line', () => {
    const losses = createLossCounter('trace', 'web');
    losses.add('unparsed', 'lines', 'a\x1b[31m\nb');
    losses.add('unparsed', 'lines', 'c');
    losses.add('dropped', 'halves');
    expect(losses.list()).to.deep.equal([
      { source: 'trace', host: 'web', kind: 'dropped', count: 1, detail: 'halves' },
      { source: 'trace', host: 'web', kind: 'unparsed', count: 2, detail: 'lines, for example: a?[31m?b' },
    ]);
  });
});
