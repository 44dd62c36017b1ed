import { expect } from 'chai';
import fc from 'fast-check';
import { visible, visibleParts } from '../../../../src/report/html/app/text/visible.ts';

describe('visible text', () => {
  it('shows escape sequences and controls as symbols', () => {
    expect(visible('\u001b[31mred\u001b[0m\u0007\u0000')).to.equal('␛[31mred␛[0m␇␀');
    expect(visible('\u007f\u0085')).to.equal('␡⟨U+0085⟩');
  });

  it('shows characters that turn the direction of text or hide in it', () => {
    expect(visible('invoice\u202efdp.exe')).to.equal('invoice⟨RLO⟩fdp.exe');
    expect(visible('a\u200bb\ufeffc\u{e0041}')).to.equal('a⟨ZWSP⟩b⟨BOM⟩c⟨U+E0041⟩');
  });

  it('shows half a surrogate pair, and leaves whole ones alone', () => {
    expect(visible('\ud83d\ude00 \ud83d')).to.equal('😀 ⟨U+D83D⟩');
  });

  it('keeps line ends and tabs where lines are shown, and marks them where one line is', () => {
    expect(visibleParts('a\tb\nc', true)).to.deep.equal(['a\tb\nc']);
    expect(visible('a\tb\nc')).to.equal('a␉b␊c');
  });

  it('takes a Windows line end for a line end, and shows a lone carriage return', () => {
    expect(visibleParts('a\r\nb', true)).to.deep.equal(['a', '\n', 'b']);
    expect(visible('over\rwritten')).to.equal('over␍written');
  });

  it('leaves nothing unseen in it, and no letter out of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visible(text);
        expect(shown).not.to.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/u);
        const letters = text.match(/[\p{L}\p{Nd}]/gu) ?? [];
        let from = 0;
        for (const letter of letters.filter((one) => !/[\u115f\u1160\u3164\uffa0]/.test(one))) {
          from = shown.indexOf(letter, from) + letter.length;
          expect(from).to.be.at.least(letter.length);
        }
      }),
    );
  });
});
