import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, use } from 'chai';
import { tocsinChai } from '../../../src/api/adapters/chai.ts';
import { replay } from '../../../src/api/adapters/mocha.ts';

// As a project writes it, with 'tocsin/chai' and 'tocsin/mocha' for the two imports above.
use(tocsinChai);

const fixtures = resolve(import.meta.dirname, '../../fixtures');
const reports = mkdtempSync(join(tmpdir(), 'tocsin-specs-'));

describe('a drill written as specs', () => {
  // Where there is a lab: drill('scenarios/quick.yaml').
  const run = replay(join(fixtures, 'recording/quick'), { root: join(fixtures, 'projects/quick'), reports });

  after(() => {
    rmSync(reports, { recursive: true });
  });

  it('leaves its signals in every variant', () => {
    for (const { signals } of run.result().results) {
      for (const { id } of signals) expect(run.all()).to.have.seen(id);
    }
  });

  it('fires on the public address, and stays silent on the local one', () => {
    expect(run.variant('server')).to.have.fired('outbound-public');
    expect(run.variant('local')).to.have.stayedSilent('outbound-public');
  });

  it('says what was found instead', () => {
    expect(() => expect(run.variant('local')).to.have.fired('outbound-public')).to.throw(
      /expected quick\/local to have fired "outbound-public"\n.*local › outbound-public: missed \(.+\)/,
    );
    expect(() => expect(run.variant('server')).to.have.stayedSilent()).to.throw('server › outbound-public: fired');
    expect(() => expect(run.variant('server')).not.to.have.fired('outbound-public')).to.throw('expected not');
  });

  it('lets no wrong name pass', () => {
    expect(() => expect(run.all()).to.have.fired('outbound-publik')).to.throw('did you mean "outbound-public"?');
    expect(() => expect(run.all()).not.to.have.fired('other')).to.throw('judged no detection "other"');
    expect(() => expect(run.all()).to.have.seen('other')).to.throw('judged no signal "other"');
    expect(() => run.variant('other')).to.throw('it has local, server');
    expect(() => expect({}).to.have.seen('x')).to.throw('this is no drill');
  });
});
