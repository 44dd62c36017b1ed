import { toText } from '../values/text.ts';
import { PsObject, type Value } from '../values/value.ts';

const plainTexts = new WeakMap<PsObject, string>();

/** A System.Security.SecureString: its text shows nowhere. */
export const secureString = (text: string): PsObject => {
  const secret = new PsObject(['System.Security.SecureString'], [['Length', text.length]], {
    text: 'System.Security.SecureString',
    methods: { dispose: () => null, makereadonly: () => null },
  });
  plainTexts.set(secret, text);
  return secret;
};

/** The text of a secure string, or of anything else. */
export const revealed = (value: Value): string =>
  value instanceof PsObject ? (plainTexts.get(value) ?? toText(value)) : toText(value);

const networkCredential = (user: string, password: string): PsObject => {
  const [domain, name] = user.includes('\\') ? user.split('\\') : ['', user];
  return new PsObject(
    ['System.Net.NetworkCredential'],
    [
      ['UserName', name ?? ''],
      ['Password', password],
      ['SecurePassword', secureString(password)],
      ['Domain', domain ?? ''],
    ],
  );
};

export const createNetworkCredential = ([user, password, domain]: readonly Value[]): PsObject =>
  networkCredential(
    `${domain === undefined ? '' : `${toText(domain)}\\`}${toText(user ?? null)}`,
    revealed(password ?? null),
  );

/** A PSCredential. */
export const createCredential = ([user, password]: readonly Value[]): PsObject => {
  const name = toText(user ?? null);
  return new PsObject(
    ['System.Management.Automation.PSCredential'],
    [
      ['UserName', name],
      ['Password', password ?? null],
    ],
    {
      text: 'System.Management.Automation.PSCredential',
      methods: { getnetworkcredential: () => networkCredential(name, revealed(password ?? null)) },
    },
  );
};
