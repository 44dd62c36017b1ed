import { expect } from 'chai';
import fc from 'fast-check';
import { fillPlaceholders, placeholdersOf } from '../../../src/content/atomics/placeholders.ts';
import { renderCommand } from '../../../src/content/atomics/render-command.ts';

describe('an input of a command', () => {
  it('goes in as it stands, so that the shell still sees $env:TEMP, quotes and spaces', () => {
    expect(fillPlaceholders('copy "#{from}" #{to}', { from: '$env:TEMP\\a b', to: "~/'x'" })).to.equal(
      'copy "$env:TEMP\\a b" ~/\'x\'',
    );
  });

  it('is never read as a replacement pattern', () => {
    expect(fillPlaceholders('[#{a}]', { a: "$& $1 $$ $'" })).to.equal("[$& $1 $$ $']");
    expect(renderCommand('PathToAtomicsFolder', {}, '$& $1')).to.equal('$& $1');
  });

  it('may hold another input', () => {
    expect(fillPlaceholders('#{path}', { path: '/bin/x_#{arch}.exe', arch: 'arm64' })).to.equal('/bin/x_arm64.exe');
  });

  it('stays when nobody gives it a value, and when it leads back to itself', () => {
    expect(fillPlaceholders('#{a} #{b}', { a: '1' })).to.equal('1 #{b}');
    expect(placeholdersOf(fillPlaceholders('#{a}', { a: '#{b}', b: '#{a}' }))).to.have.length(1);
    expect(fillPlaceholders('#{a}', { a: 'x#{a}' }).length).to.be.below(20);
  });

  it('is no property of every object', () => {
    expect(fillPlaceholders('#{constructor} #{__proto__}', {})).to.equal('#{constructor} #{__proto__}');
  });

  it('leaves text without inputs alone', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes('#{'));
        expect(fillPlaceholders(text, { a: 'b' })).to.equal(text);
      }),
    );
  });
});

describe('the folder of the atomics', () => {
  for (const [text, command] of [
    ['PathToAtomicsFolder\\T1055\\bin\\x.exe', 'C:\\ART\\atomics\\T1055\\bin\\x.exe'],
    ['"$PathToAtomicsFolder\\T1055\\x.exe"', '"C:\\ART\\atomics\\T1055\\x.exe"'],
    ['PathToAtomicsFolder/../ExternalPayloads/y', 'C:\\ART\\atomics/../ExternalPayloads/y'],
    ['cp #{file} .', 'cp C:\\ART\\atomics/T1/z .'],
  ] as const)
    it(`is put into ${text}`, () =>
      expect(renderCommand(text, { file: 'PathToAtomicsFolder/T1/z' }, 'C:\\ART\\atomics')).to.equal(command));
});
