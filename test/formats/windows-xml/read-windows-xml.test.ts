import { expect } from 'chai';
import fc from 'fast-check';
import { readWindowsXml } from '../../../src/formats/windows-xml/read-windows-xml.ts';
import { fieldsOf, readLog, type ReadLog } from '../../support/read-log.ts';

const read = (text: string | Buffer, partBytes?: number): Promise<ReadLog> => readLog(readWindowsXml, text, partBytes);

const event = (id: number, inside: string): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>` +
  `<Provider Name='Microsoft-Windows-Sysmon' Guid='{5770385f-c22a-43e0-bf4c-06f5698ffbd9}'/><EventID>${id}</EventID>` +
  `<TimeCreated SystemTime='2021-06-03T10:11:12.1234567Z'/><Correlation/><Execution ProcessID='4' ThreadID='8'/>` +
  `<Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws1</Computer><Security UserID='S-1-5-18'/></System>` +
  `<EventData>${inside}</EventData></Event>`;

const fieldsFrom = async (inside: string): Promise<Record<string, unknown>> => {
  const { events, losses } = await read(event(1, inside));
  expect(losses).to.deep.equal([]);
  return fieldsOf(events[0]);
};

const escapeXml = (text: string): string => text.replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);

describe('an export of Windows events as XML', () => {
  it('gives each event with its source, time and fields', async () => {
    const { events, losses } = await read(
      event(1, `<Data Name='Image'>C:\\x.exe</Data><Data Name='Empty'></Data><Data Name='None'/>`),
    );
    expect(losses).to.deep.equal([]);
    expect(events[0]?.source).to.deep.equal({
      product: 'windows',
      service: null,
      category: null,
      channel: 'Microsoft-Windows-Sysmon/Operational',
      provider: 'Microsoft-Windows-Sysmon',
      eventId: 1,
    });
    expect(events[0]?.time).to.equal(Date.UTC(2021, 5, 3, 10, 11, 12) * 1000 + 123_456);
    expect(fieldsOf(events[0])).to.deep.equal({
      Provider_Name: 'Microsoft-Windows-Sysmon',
      Provider_Guid: '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}',
      EventID: '1',
      TimeCreated_SystemTime: '2021-06-03T10:11:12.1234567Z',
      Execution_ProcessID: '4',
      Execution_ThreadID: '8',
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Computer: 'ws1',
      Security_UserID: 'S-1-5-18',
      Image: 'C:\\x.exe',
      Empty: '',
      None: '',
    });
  });

  it('may be a list, one event a line, or both with texts around', async () => {
    const forms = [
      `<?xml version="1.0" encoding="utf-8"?>\r\n<Events>${event(1, '')}${event(2, '')}</Events>`,
      `${event(1, '')}\r\n${event(2, '')}\r\n`,
      `evtxexport 1\n\n${event(1, '')}\n\n${event(2, '')} done`,
    ];
    for (const form of forms) {
      const { events, losses } = await read(form);
      expect(events.map(({ source }) => source.eventId)).to.deep.equal([1, 2]);
      expect(losses).to.deep.equal([]);
    }
  });

  it('may be UTF-16, as PowerShell writes it', async () => {
    const text = event(1, `<Data Name='A'>ä€😀</Data>`);
    const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    for (const bytes of [marked, marked.subarray(2)]) {
      expect((await read(bytes, 101)).events[0]?.fields['A']).to.equal('ä€😀');
    }
  });

  it('has texts with entities, character data and comments', async () => {
    const inside = `<Data Name='A'>&lt;a href=&quot;x&quot;&gt; &#65;&#x1F600; &amp;amp; <![CDATA[<raw> & ]]><!-- not me --></Data>`;
    expect((await fieldsFrom(inside))['A']).to.equal('<a href="x"> A😀 &amp; <raw> & ');
  });

  it('keeps a rendered message apart from the numbers of the System element', async () => {
    const rendered = event(1, '').replace(
      '</Event>',
      `<RenderingInfo Culture='en-US'><Message>Hello</Message><Level>Information</Level><Keywords><Keyword>Audit</Keyword></Keywords></RenderingInfo></Event>`,
    );
    expect(fieldsOf((await read(rendered)).events[0])).to.include({
      Message: 'Hello',
      RenderingInfo_Level: 'Information',
      RenderingInfo_Keyword: 'Audit',
      RenderingInfo_Culture: 'en-US',
    });
  });

  it('loses only the event that is damaged, and counts it with an example', async () => {
    const damaged = event(2, `<Data Name='A'>x</Daten>`);
    const cut = event(3, '').slice(0, 120);
    const { events, losses } = await read(`${event(1, '')}${damaged}${cut}${event(4, '')}${cut}`);
    expect(events.map(({ source }) => source.eventId)).to.deep.equal([1, 4]);
    expect(losses.map((loss) => loss.replace(/, for example.*/s, ''))).to.deep.equal([
      'unparsed 1 XML event: <Data> ends with another name',
      'unparsed 2 XML event: it does not end',
    ]);
  });

  it('does not resolve entities of its own, nor any document type', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>${event(1, `<Data Name='A'>&a;&f;</Data>`)}`;
    expect((await read(bomb)).events[0]?.fields['A']).to.equal('&a;&f;');
  });

  it('refuses to nest without end', async () => {
    const { events, losses } = await read(event(1, '<a>'.repeat(5000) + '</a>'.repeat(5000)));
    expect(events).to.deep.equal([]);
    expect(losses[0]).to.include('nested too deep');
  });

  it('takes no longer for beginnings that do not end', async () => {
    const began = performance.now();
    const { events, losses } = await read(`${'<Event '.repeat(500_000)}${event(1, '')}`);
    expect(performance.now() - began).to.be.lessThan(5000);
    expect(events.length).to.equal(1);
    expect(losses[0]).to.include('unparsed 500000 XML event: it does not end');
  });

  it('gives back every text that was written, in whatever parts it is read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 1, max: 300 }),
        async (texts, partBytes) => {
          const inside = texts.map((content, index) => `<Data Name="F${index}">${escapeXml(content)}</Data>`).join('');
          const { events, losses } = await read(event(1, inside), partBytes);
          expect(losses).to.deep.equal([]);
          for (const [index, content] of texts.entries()) expect(events[0]?.fields[`F${index}`]).to.equal(content);
        },
      ),
    );
  });

  it('never crashes or hangs the reader', async () => {
    const piece = fc.constantFrom(
      '<Event>',
      '</Event>',
      '<Event ',
      '<',
      '>',
      '/>',
      '</',
      'a',
      '=',
      '"',
      "'",
      '&',
      '&#x',
      '<!--',
      '<![CDATA[',
      ' ',
      '<?',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        const { events } = await read(pieces.join(''), 7);
        expect(events.length).to.be.at.most(pieces.length);
      }),
    );
  });
});
