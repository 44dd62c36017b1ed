import { expect } from 'chai';
import { createZones } from '../../../src/services/dns/zones.ts';

const zones = createZones(
  'lab.example other.example',
  `; a comment of its own
  c2.lab.example        60 A 203.0.113.10
  c2.lab.example           A 203.0.113.11
  www.lab.example          CNAME c2.lab.example ; one after a record
  deep.down.lab.example    TXT "v=spf1 -all"
  round.lab.example        CNAME again.lab.example
  again.lab.example        CNAME round.lab.example
  `,
);

const answer = (name: string, type: string): unknown => {
  const { responseCode, isAuthoritative, answers } = zones.answer({ name, type });
  return [responseCode, isAuthoritative, answers.map((one) => `${one.name} ${one.ttl} ${one.type} ${one.data}`)];
};

describe("a name server's zones", () => {
  it('answer with every record of the type, under the name as it was asked for', () => {
    expect(answer('C2.lab.EXAMPLE', 'A')).to.deep.equal([
      'NOERROR',
      true,
      ['C2.lab.EXAMPLE 60 A 203.0.113.10', 'C2.lab.EXAMPLE 300 A 203.0.113.11'],
    ]);
    expect(answer('deep.down.lab.example', 'TXT')).to.deep.equal([
      'NOERROR',
      true,
      ['deep.down.lab.example 300 TXT v=spf1 -all'],
    ]);
  });

  it('follow aliases, and end where those lead in a circle', () => {
    expect(answer('www.lab.example', 'A')).to.deep.equal([
      'NOERROR',
      true,
      [
        'www.lab.example 300 CNAME c2.lab.example',
        'c2.lab.example 60 A 203.0.113.10',
        'c2.lab.example 300 A 203.0.113.11',
      ],
    ]);
    const { answers } = zones.answer({ name: 'round.lab.example', type: 'A' });
    expect(answers.length).to.be.within(2, 10);
  });

  it('tell a name without such a record from a name that does not exist', () => {
    expect(answer('c2.lab.example', 'TXT')).to.deep.equal(['NOERROR', true, []]);
    // Something exists below it.
    expect(answer('down.lab.example', 'A')).to.deep.equal(['NOERROR', true, []]);
    expect(answer('lab.example', 'A')).to.deep.equal(['NOERROR', true, []]);
    expect(answer('c3.lab.example', 'A')).to.deep.equal(['NXDOMAIN', true, []]);
  });

  it('do not know the rest of the world, and do not speak for it', () => {
    expect(answer('example.org', 'A')).to.deep.equal(['NXDOMAIN', false, []]);
    expect(answer('notlab.example', 'A')).to.deep.equal(['NXDOMAIN', false, []]);
  });

  it('are refused with the record that cannot be served', () => {
    expect(() => createZones('lab.example', 'c2.lab.example A 203.0.113.300')).to.throw(
      'c2.lab.example A 203.0.113.300',
    );
    expect(() => createZones('lab.example', 'c2.lab.example')).to.throw('this record cannot be served: c2.lab.example');
    expect(() => createZones('lab.example', 'c2.example.org A 203.0.113.1')).to.throw('is in none of the zones');
  });
});
