import { expect } from 'chai';
import { abandonedCall, createCallJoiner, type TraceItem } from '../../../src/formats/strace/join-calls.ts';
import { parseStraceLine } from '../../../src/formats/strace/line.ts';

const join = (...lines: readonly string[]): { items: TraceItem[]; problems: string[]; open: number } => {
  const problems: string[] = [];
  const joiner = createCallJoiner((problem, detail) => problems.push(`${problem}: ${detail}`));
  const items = lines.flatMap((text, index) => {
    const line = parseStraceLine(text);
    if (line === null) throw new Error(`not a line: ${text}`);
    const item = joiner.take(line, index + 1);
    return item === null ? [] : [item];
  });
  return { items, problems, open: joiner.pending.size };
};

describe('a line of strace', () => {
  it('is a call, a half of one, an end, a change of leader or a signal', () => {
    const kindOf = (rest: string): string | undefined => parseStraceLine(`7     1.000002 ${rest}`)?.kind;
    expect(kindOf('chdir("/") = 0')).to.equal('complete');
    expect(kindOf('accept4(3,  <unfinished ...>')).to.equal('unfinished');
    expect(kindOf('<... accept4 resumed>NULL, NULL, 0) = 4')).to.equal('resumed');
    expect(kindOf('+++ exited with 3 +++')).to.equal('exited');
    expect(kindOf('+++ killed by SIGSEGV (core dumped) +++')).to.equal('killed');
    expect(kindOf('+++ superseded by execve in pid 9 +++')).to.equal('superseded');
    expect(kindOf('--- SIGTERM {si_signo=SIGTERM, si_code=SI_USER} ---')).to.equal('signal');
  });

  it('is null when strace does not write such a line', () => {
    for (const text of [
      '',
      'hello',
      '7 1.0 chdir("/") = 0',
      '7 1.000000 +++ exited with x +++',
      '\0\0\0',
      '7 1.000000 ',
    ]) {
      expect(parseStraceLine(text), JSON.stringify(text)).to.equal(null);
    }
  });

  it('has its time in microseconds', () => {
    expect(parseStraceLine('16540 1795192432.000023 chdir("/") = 0')).to.include({
      pid: 16540,
      micros: 1795192432000023,
    });
  });
});

describe('joining calls', () => {
  it('puts two halves together, over what other threads do meanwhile', () => {
    const { items, problems, open } = join(
      '1 1.000000 connect(5<TCP:[9]>, {sa_family=AF_INET}, 16 <unfinished ...>',
      '2 1.000001 chdir("/") = 0',
      '1 1.000002 <... connect resumed>) = -1 ECONNREFUSED (Connection refused)',
    );
    expect(
      items.map(
        (item) => item.kind === 'call' && [item.call.tid, item.call.name, item.call.startLine, item.call.endLine],
      ),
    ).to.deep.equal([
      [2, 'chdir', 2, 2],
      [1, 'connect', 1, 3],
    ]);
    expect({ problems, open }).to.deep.equal({ problems: [], open: 0 });
  });

  it('counts a half without its other half', () => {
    const { items, problems } = join(
      '1 1.000000 <... connect resumed>) = 0',
      '2 1.000000 chdir( <unfinished ...>',
      '2 1.000001 chdir("/") = 0',
    );
    expect(items).to.have.length(1);
    expect(problems).to.deep.equal(['dropped: the beginning of connect', 'dropped: the end of chdir( ']);
  });

  it('gives a killed thread’s call back with its end', () => {
    const { items } = join(
      '1 1.000000 connect(5, {sa_family=AF_INET}, 16 <unfinished ...>',
      '1 1.000009 +++ killed by SIGKILL +++',
    );
    const [end] = items;
    if (end?.kind !== 'end' || end.end.lost === null) throw new Error('no end');
    expect(end.end).to.include({ signal: 'SIGKILL', code: null });
    expect(abandonedCall(end.end.lost, end.end.micros)).to.deep.include({
      args: ['5', '{sa_family=AF_INET}', '16'],
      value: null,
    });
  });

  for (const [how, beginning] of [
    ['announced', '<pid changed to 1 ...>'],
    ['not announced', '<unfinished ...>'],
  ] as const) {
    it(`lets an exec by a thread go on as its leader's, ${how}`, () => {
      const { items, problems, open } = join(
        `2 1.000000 execve("/bin/echo", ["echo"], [] ${beginning}`,
        '1 1.000001 +++ superseded by execve in pid 2 +++',
        '1 1.000002 <... execve resumed>) = -1 (errno 18446744073709551595)',
      );
      expect(items.map((item) => item.kind)).to.deep.equal(['superseded', 'call']);
      expect(items[1]?.kind === 'call' && [items[1].call.tid, items[1].call.superseded]).to.deep.equal([1, true]);
      expect({ problems, open }).to.deep.equal({ problems: [], open: 0 });
    });
  }
});
