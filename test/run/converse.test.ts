import { expect } from 'chai';
import fc from 'fast-check';
import type { Answer } from '../../src/model/scenario.ts';
import { createConversation } from '../../src/run/converse.ts';

const answer = (expected: string, send: string, enter = true): Answer => ({ expect: expected, send, enter });

/** What is typed while a terminal shows these parts, and what was not asked in the end. */
const talk = (answers: readonly Answer[], ...parts: readonly (string | Uint8Array)[]) => {
  const typed: string[] = [];
  const conversation = createConversation(answers);
  for (const part of parts) conversation.hear(Buffer.from(part), (keys) => typed.push(keys));
  return { typed, unasked: conversation.unasked() };
};

describe('a conversation with a test', () => {
  const two = [answer('Name\\?', 'Bob'), answer('\\[Y,N\\]\\?$', 'y', false)];

  it('answers each question when it is asked, with Enter or without', () => {
    expect(talk(two, 'Your Name?', ' ', 'Bob\r\n', 'Sure [Y,N]?')).to.deep.equal({
      typed: ['Bob\r', 'y'],
      unasked: null,
    });
  });

  it('answers several that come at once, in their order', () => {
    expect(talk(two, 'Name? [Y,N]?').typed).to.deep.equal(['Bob\r', 'y']);
  });

  it('does not take an echo, or what was shown before, for a question', () => {
    const again = [answer('again\\?', 'again?'), answer('again\\?', 'no')];
    expect(talk(again, 'again?', 'again?\r\n').typed).to.deep.equal(['again?\r', 'no\r']);
    expect(talk([answer('b', '1'), answer('a', '2')], 'a b').typed).to.deep.equal(['1\r']);
  });

  it('says which question was never asked, and what was shown instead', () => {
    expect(talk(two, 'Name?', 'Bob\r\nAccess denied.\r\n').unasked).to.equal(
      'question 2 of 2, /\\[Y,N\\]\\?$/, and last showed "Bob\\r\\nAccess denied."',
    );
    expect(talk(two).unasked).to.contain('question 1 of 2');
  });

  it('looks through control sequences, and through characters that come in parts', () => {
    expect(talk([answer('Größe\\?', 'x')], '\u001b[1mGrö\u001b[0mße', '?').typed).to.deep.equal(['x\r']);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 6 }), (cuts) => {
        const bytes = Buffer.from('\u001b[32mWie groß ist „es“?\u001b[0m ');
        const places = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort(
          (a, b) => a - b,
        );
        const parts = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        expect(talk([answer('„es“\\?', '3')], ...parts).typed).to.deep.equal(['3\r']);
      }),
    );
  });
});
