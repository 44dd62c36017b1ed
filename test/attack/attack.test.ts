import { expect } from 'chai';
import {
  areRelated,
  attackCopyright,
  attackVersion,
  currentTechnique,
  tactics,
  technique,
  techniques,
} from '../../src/attack/attack.ts';

describe('the ATT&CK matrix', () => {
  it('is version 18 of Enterprise, with its copyright line', () => {
    expect(attackVersion).to.equal('18');
    expect(attackCopyright).to.contain('The MITRE Corporation').and.to.contain('with the permission of');
    expect(techniques).to.have.length(835);
    expect(tactics.map((tactic) => tactic.id))
      .to.include.members(['TA0043', 'TA0042', 'TA0040'])
      .and.to.have.length(14);
  });

  it('knows a sub-technique with its parent and its tactic', () => {
    expect(technique('T1583.003')).to.deep.equal({
      id: 'T1583.003',
      name: 'Virtual Private Server',
      tactics: ['resource-development'],
      platforms: ['PRE'],
      parent: 'T1583',
      revokedBy: null,
      deprecated: false,
      isPreCompromise: true,
    });
  });

  it('calls pre-compromise what the victim cannot see, and nothing else', () => {
    expect(technique('T1595.001')?.isPreCompromise).to.equal(true);
    expect(technique('T1059.001')?.isPreCompromise).to.equal(false);
  });

  it('follows revoked techniques to their successors', () => {
    expect(technique('T1086')?.revokedBy).to.equal('T1059.001');
    expect(currentTechnique('T1086')?.name).to.equal('PowerShell');
    expect(techniques.filter((one) => currentTechnique(one.id) === undefined)).to.deep.equal([]);
  });

  it('has a parent for every sub-technique, and a known tactic for every technique', () => {
    const shortNames = new Set(tactics.map((tactic) => tactic.shortName));
    expect(techniques.filter((one) => one.parent !== null && technique(one.parent) === undefined)).to.deep.equal([]);
    expect(techniques.filter((one) => !one.tactics.every((name) => shortNames.has(name)))).to.deep.equal([]);
  });

  it('does not know what does not exist', () => {
    expect(technique('T9999')).to.equal(undefined);
    expect(technique('T1583.003 ')).to.equal(undefined);
  });

  it('relates a technique to itself, its parent, and the successor of its former id, not to its siblings', () => {
    expect(areRelated('T1583.003', 'T1583.003')).to.equal(true);
    expect(areRelated('T1583', 'T1583.003')).to.equal(true);
    expect(areRelated('T1086', 'T1059')).to.equal(true);
    expect(areRelated('T1583.003', 'T1583.004')).to.equal(false);
    expect(areRelated('T1583', 'T158')).to.equal(false);
  });
});
