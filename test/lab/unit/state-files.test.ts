import { expect } from 'chai';
import { kindOfFile, parseAccounts, parseRegistry } from '../../../src/lab/agent/state-files.ts';

describe("what a host's files stand for", () => {
  it('is a task where tasks and cron tables are kept, and the registry where its hives are', () => {
    expect(kindOfFile('/C:/Windows/System32/Tasks/Health')).to.equal('task');
    expect(kindOfFile('/etc/cron.d/update')).to.equal('task');
    expect(kindOfFile('/var/spool/cron/crontabs/root')).to.equal('task');
    expect(kindOfFile('/C:/Users/analyst/NTUSER.reg')).to.equal('registry');
    expect(kindOfFile('/C:/Users/analyst/Tasks/x')).to.equal('file');
    expect(kindOfFile('/tmp/SOFTWARE.reg')).to.equal('file');
  });

  it('is accounts and groups in passwd and group, with who is in them', () => {
    const passwd = 'root:x:0:0:root:/root:/bin/bash\neve:x:1001:1001::/home/eve:/bin/sh\n\n';
    expect(parseAccounts(passwd, 'sudo:x:27:eve\nadm:x:4:\n')).to.deep.equal([
      'eve 1001:1001 /home/eve /bin/sh',
      'group adm:',
      'group sudo: eve',
      'root 0:0 /root /bin/bash',
    ]);
  });

  it('is keys and values in a hive, a value over several lines as one', () => {
    const text =
      '[HKEY_CURRENT_USER\\Run]\r\n"x"="y"\r\n@="z"\r\n"b"=hex:01,\\\r\n  02\r\n\r\n[HKEY_CURRENT_USER\\Empty]\r\n';
    expect(parseRegistry(text)).to.deep.equal([
      'HKEY_CURRENT_USER\\Run',
      'HKEY_CURRENT_USER\\Run "x"="y"',
      'HKEY_CURRENT_USER\\Run @="z"',
      'HKEY_CURRENT_USER\\Run "b"=hex:01,02',
      'HKEY_CURRENT_USER\\Empty',
    ]);
  });
});
