import { expect } from 'chai';
import type { HostSpec } from '../../src/model/topology.ts';
import { invocationFor, prerequisiteText } from '../../src/run/executors.ts';

const host = (persona: HostSpec['persona']): HostSpec => ({
  name: 'box',
  persona,
  zone: 'z',
  address: '10.0.0.2',
  user: persona === 'windows' ? 'LAB\\analyst' : 'root',
  services: [],
});

describe('an executor', () => {
  it('gives a shell the text as it stands, and the name by which tests ask which shell they are in', () => {
    const text = 'cat <<X\n"a; b"\nX\n';
    expect(invocationFor('bash', text, host('linux'))).to.deep.include({
      argv: ['/bin/bash', '-c', text, 'bash'],
      cwd: '/tmp',
    });
  });

  it('hands Windows programs one argument: their whole command line', () => {
    const invocation = invocationFor('command_prompt', 'powershell.exe -Command "1..3"', host('windows'));
    expect(invocation).to.have.property('argv').with.length(2);
    const [program, commandLine] = 'argv' in invocation ? invocation.argv : [];
    expect(program).to.match(/^\/C:\/Windows\/System32\/cmd\.exe$/i);
    expect(commandLine).to.include('/c powershell.exe -Command "1..3"');
  });

  it('says why a host has none of its kind', () => {
    expect(invocationFor('sh', 'true', host('windows'))).to.deep.equal({
      unsupported: 'box passes for Windows, which has no sh',
    });
    expect(invocationFor('powershell', '1', host('linux'))).to.deep.equal({
      unsupported: 'box is a Linux host without powershell',
    });
    expect(invocationFor('manual', '', host('linux'))).to.have.property('unsupported');
  });

  it('makes every line of a prerequisite count', () => {
    expect(prerequisiteText('sh', 'false\ntrue')).to.equal('set -e\nfalse\ntrue');
    expect(prerequisiteText('powershell', 'exit 1')).to.equal('exit 1');
  });
});
