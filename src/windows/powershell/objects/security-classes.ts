import { userSid } from '../../os/sid.ts';
import type { Session } from '../engine/session.ts';
import { toText } from '../values/text.ts';
import { PsObject, type Value } from '../values/value.ts';
import type { StaticMembers } from './statics.ts';

/** The user that this process runs as. Users of the lab are administrators with all their rights. */
const currentIdentity = ({ machine }: Session): PsObject => {
  const domain = machine.environment.get('USERDOMAIN') ?? '';
  const user = machine.environment.get('USERNAME') ?? '';
  const sid = userSid(domain, user);
  return new PsObject(
    ['System.Security.Principal.WindowsIdentity'],
    [
      ['Name', `${domain}\\${user}`],
      ['AuthenticationType', 'Kerberos'],
      ['IsAuthenticated', true],
      ['IsSystem', false],
      ['User', new PsObject(['System.Security.Principal.SecurityIdentifier'], [['Value', sid]], { text: sid })],
    ],
    { missing: ['Groups', 'Token', 'Owner', 'Claims', 'ImpersonationLevel'] },
  );
};

export const identityMembers: StaticMembers = { methods: { getcurrent: (_, session) => currentIdentity(session) } };

const roles = [
  'Administrator',
  'User',
  'Guest',
  'PowerUser',
  'AccountOperator',
  'SystemOperator',
  'PrintOperator',
  'BackupOperator',
  'Replicator',
];

export const roleMembers: StaticMembers = {
  properties: Object.fromEntries(roles.map((role) => [role.toLowerCase(), () => role])),
};

/** A WindowsPrincipal: which groups the user is in. */
export const createPrincipal = ([identity]: readonly Value[]): PsObject =>
  new PsObject(['System.Security.Principal.WindowsPrincipal'], [['Identity', identity ?? null]], {
    methods: {
      isinrole: ([role]) =>
        /^(administrator|user|544|545)$|administrators$|S-1-5-32-54[45]$/i.test(toText(role ?? null)),
    },
  });
