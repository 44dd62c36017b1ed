import { expect } from 'chai';
import { printDynamic } from '../../../src/query/values/dynamic.ts';
import { parseXml } from '../../../src/query/values/parse-xml.ts';

const parsed = (text: string): string => printDynamic(parseXml(text));

describe('parse_xml', () => {
  it('gives attributes, children and text the names that the service gives them', () => {
    const event = '<Data><Item Name="a">1</Item><Item Name="b"/><Note>x &amp; y</Note></Data>';
    expect(parsed(event)).to.equal('{"Data":{"Item":[{"@Name":"a","#text":"1"},{"@Name":"b"}],"Note":"x & y"}}');
  });

  it('expands nothing that a document declares for itself', () => {
    expect(parsed('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')).to.equal('{"x":"&a;"}');
  });

  it('gives null for what is no document', () => {
    for (const text of ['', 'x', '<a>', '<a></b>', '<a/><b/>', '<a>'.repeat(10_000)])
      expect(parsed(text), text.slice(0, 9)).to.equal('null');
  });
});
