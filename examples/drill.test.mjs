// A recorded drill as ordinary specs; with a lab, drill('scenarios/quick.yaml') in place of replay(…).
import { expect, use } from 'chai';
import { tocsinChai } from 'tocsin/chai';
import { replay } from 'tocsin/mocha';

use(tocsinChai);

describe('repeated connections', () => {
  const run = replay('recording');

  it('leaves its signals', () => {
    expect(run.all()).to.have.seen('connections');
  });

  it('fires on a public address, and stays silent on the local one', () => {
    expect(run.variant('server')).to.have.fired('outbound-public');
    expect(run.variant('local')).to.have.stayedSilent('outbound-public');
  });
});
