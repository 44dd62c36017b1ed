import { expect } from 'chai';
import { proveCleanup } from '../../src/run/cleanup-proof.ts';

const nothing = { processes: [], files: [], listening: [], users: [], tasks: [], registry: [] };

describe('the proof of cleanup', () => {
  it('is clean when the host is what it was', () => {
    const snapshot = {
      ...nothing,
      processes: ['10 sleep 9'],
      files: ['/tmp/a file 0644 1 ab'],
      listening: ['tcp 0.0.0.0:22'],
    };
    expect(proveCleanup(snapshot, snapshot)).to.deep.equal({ verdict: 'clean', left: [] });
  });

  it('names what came and what went, sorted', () => {
    const before = { ...nothing, files: ['/etc/passwd file 0644 9 aa'] };
    const after = {
      ...nothing,
      processes: ['12 nc -l'],
      files: ['/tmp/x file 0755 3 bb'],
      listening: ['tcp 0.0.0.0:4444'],
    };
    expect(proveCleanup(before, after)).to.deep.equal({
      verdict: 'dirty',
      left: [
        'file /tmp/x file 0755 3 bb',
        'gone: file /etc/passwd file 0644 9 aa',
        'listening tcp 0.0.0.0:4444',
        'process 12 nc -l',
      ],
    });
  });

  it('sees a file whose content changed and whose name did not', () => {
    const before = { ...nothing, files: ['/etc/hosts file 0644 9 aa'] };
    const after = { ...nothing, files: ['/etc/hosts file 0644 9 cc'] };
    expect(proveCleanup(before, after).left).to.deep.equal([
      'file /etc/hosts file 0644 9 cc',
      'gone: file /etc/hosts file 0644 9 aa',
    ]);
  });

  it('sees accounts, tasks and the registry for what they are', () => {
    const after = {
      ...nothing,
      users: ['eve 1001:1001 /home/eve /bin/sh'],
      tasks: ['/C:/Windows/System32/Tasks/Health file 0644 9 aa'],
      registry: [String.raw`HKEY_CURRENT_USER\Run "x"="y"`],
    };
    expect(proveCleanup(nothing, after)).to.deep.equal({
      verdict: 'dirty',
      left: [
        String.raw`registry HKEY_CURRENT_USER\Run "x"="y"`,
        'task /C:/Windows/System32/Tasks/Health file 0644 9 aa',
        'user eve 1001:1001 /home/eve /bin/sh',
      ],
    });
  });
});
