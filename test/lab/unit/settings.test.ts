import { expect } from 'chai';
import { commandEnvironment } from '../../../src/lab/host/environment.ts';
import { baseFiles } from '../../../src/lab/host/base-files.ts';
import { homeOf, loginOf } from '../../../src/lab/host/users.ts';
import { defaultLimits } from '../../../src/lab/limits.ts';
import { limitLauncher } from '../../../src/lab/namespace/resource-limits.ts';
import { straceArguments } from '../../../src/lab/trace-set.ts';
import { hostSpec, zones } from '../drill-lab.ts';

const spec = (user: string) => ({ ...hostSpec('ws', '10.77.1.10'), user });

describe("a host's user", () => {
  for (const [user, login, home] of [
    ['root', 'root', '/root'],
    ['analyst', 'analyst', '/home/analyst'],
    ['LAB\\Analyst', 'analyst', '/home/analyst'],
    ['LAB\\a:b c', 'a-b-c', '/home/a-b-c'],
    ['', 'root', '/root'],
    ['9lives', 'root', '/root'],
  ] as const) {
    it(`${JSON.stringify(user)} logs in as ${login}`, () => {
      expect([loginOf(spec(user)), homeOf(spec(user))]).to.deep.equal([login, home]);
    });
  }

  it('is the first that has uid 0, and cannot break the file of users', () => {
    const [zone] = zones;
    if (zone === undefined) throw new Error('no zones');
    const passwd = baseFiles(spec('x\nevil::0:0'), zone, 'r').find(({ path }) => path === '/etc/passwd')?.content;
    expect(String(passwd).split('\n')[0]).to.equal('x-evil--0-0:x:0:0:x-evil--0-0:/home/x-evil--0-0:/bin/bash');
  });
});

describe('the environment of a command', () => {
  it('is what a login gives, what is asked for, and a marker that cannot be asked away', () => {
    const step = { id: 'a/b', variant: null, origin: 'test', host: 'ws' } as const;
    const env = commandEnvironment(spec('analyst'), step, { PATH: '/x', TOCSIN_STEP: 'forged' });
    expect(env).to.deep.equal({
      PATH: '/x',
      HOME: '/home/analyst',
      USER: 'analyst',
      LOGNAME: 'analyst',
      SHELL: '/bin/bash',
      LANG: 'C.UTF-8',
      TOCSIN_STEP: 'a/b',
    });
  });
});

describe('limits of a host', () => {
  it("are never above the machine's own, which only root may raise", () => {
    const table = [
      'Limit                     Soft Limit           Hard Limit           Units     ',
      'Max file size             unlimited            unlimited            bytes     ',
      'Max data size             unlimited            unlimited            bytes     ',
      'Max processes             100                  1000                 processes ',
      'Max open files            1024                 2048                 files     ',
    ].join('\n');
    expect(limitLauncher(defaultLimits, table)).to.deep.equal([
      '/usr/bin/prlimit',
      '--core=0',
      '--nproc=1000',
      '--nofile=2048',
      `--fsize=${defaultLimits.diskBytes}`,
      `--data=${defaultLimits.dataBytes}`,
      '--',
    ]);
  });
});

describe('what the sensor records', () => {
  it('is asked for by names that a strace without them passes over', () => {
    const args = straceArguments('/dev/null');
    const sets = args.filter((arg) => /^(trace|inject)=/.test(arg));
    expect(sets).to.have.length(2);
    const names = sets.flatMap((set) =>
      set
        .replace(/^\w+=/, '')
        .replace(/:error=.*/, '')
        .split(','),
    );
    expect(names.filter((name) => !/^\?[a-z0-9_]+$/.test(name))).to.deep.equal([]);
  });

  it('includes what it refuses: a refusal of a call it does not trace would not happen', () => {
    const [trace = '', inject = ''] = straceArguments('/dev/null').filter((arg) => /^(trace|inject)=/.test(arg));
    const namesOf = (set: string): string[] =>
      set
        .replace(/^\w+=/, '')
        .replace(/:error=.*/, '')
        .split(',');
    expect(namesOf(trace)).to.include.members(namesOf(inject));
  });
});
