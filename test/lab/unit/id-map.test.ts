import { expect } from 'chai';
import { agentUser, chooseIdMap, outerRoot, renderIdMaps } from '../../../src/lab/namespace/id-map.ts';

const everyUser = '         0          0 4294967295\n';

describe("a lab's users", () => {
  it("are a range of nobody's, for root", () => {
    const map = chooseIdMap(0, 0, everyUser);
    expect(renderIdMaps(map)).to.deep.equal({ uid: '0 1879048192 65536\n', gid: '0 1879048192 65536\n' });
    expect(agentUser(map)).to.be.greaterThan(0);
  });

  it('are the caller alone, for an ordinary user', () => {
    const map = chooseIdMap(1000, 100, everyUser);
    expect(renderIdMaps(map)).to.deep.equal({ uid: '0 1000 1\n', gid: '0 100 1\n' });
    expect(outerRoot(map)).to.deep.equal({ uid: 1000, gid: 100 });
  });

  it('are the caller alone, for a root who has no range to give', () => {
    expect(chooseIdMap(0, 0, '0 1000 1\n').kind).to.equal('single');
    expect(chooseIdMap(0, 0, '0 100000 65536\n').kind).to.equal('single');
  });

  it('never include the machine’s root where there is a choice', () => {
    expect(outerRoot(chooseIdMap(0, 0, everyUser)).uid).to.not.equal(0);
  });
});
