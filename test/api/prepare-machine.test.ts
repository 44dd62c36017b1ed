import { expect } from 'chai';
import { prepareMachine, type Machine } from '../../src/api/prepare-machine.ts';

interface Asked {
  readonly machine: Machine;
  readonly calls: string[];
  readonly notices: string[];
}

const machineWith = (programs: readonly string[], canInstall: boolean, exitCode = 0): Asked => {
  const calls: string[] = [];
  return {
    calls,
    notices: [],
    machine: {
      has: (program) => programs.includes(program),
      canInstall,
      aptGet: (args) => {
        calls.push(args.join(' '));
        return Promise.resolve({ exitCode, output: 'Reading…\nE: Unable to locate package strace\n' });
      },
    },
  };
};

const prepare = ({ machine, notices }: Asked): Promise<unknown> =>
  prepareMachine(machine, (text) => notices.push(text)).catch((error: unknown) => error);

describe('preparing the machine', () => {
  it('does nothing, and says nothing, when everything is there', async () => {
    const asked = machineWith(['strace', 'ip'], true);
    expect(await prepare(asked)).to.equal(undefined);
    expect(asked).to.deep.include({ calls: [], notices: [] });
  });

  it('installs what is missing without a question where it can, and says so', async () => {
    const asked = machineWith(['ip'], true);
    await prepare(asked);
    expect(asked.notices).to.deep.equal(["installing strace from this machine's Debian packages"]);
    expect(asked.calls).to.deep.equal(['update -qq', 'install -y --no-install-recommends strace']);
  });

  it('ends with 3 and the one line to run where it cannot', async () => {
    const asked = machineWith([], false);
    expect(await prepare(asked)).to.deep.include({
      code: 'machine/missing-packages',
      exitCode: 3,
      hint: 'run: sudo apt-get install -y --no-install-recommends strace iproute2',
    });
    expect(asked.calls).to.deep.equal([]);
  });

  it('ends with 3 and the last words of apt-get when it fails', async () => {
    expect(await prepare(machineWith(['ip'], true, 100))).to.deep.include({
      code: 'machine/install-failed',
      exitCode: 3,
      message: 'installing strace failed: E: Unable to locate package strace',
    });
  });
});
