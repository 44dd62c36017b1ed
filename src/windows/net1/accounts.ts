/** Local accounts that a Windows 10 has before anyone makes another, as `net user` sorts them. */
export const accountNames = ['Administrator', 'DefaultAccount', 'Guest', 'WDAGUtilityAccount'] as const;

export interface LocalGroup {
  readonly name: string;
  readonly comment: string;
  readonly members: readonly string[];
}

/** Local groups; the user of a lab's host administers it. */
export const groups = ({
  domain,
  user,
  computer,
}: {
  readonly domain: string;
  readonly user: string;
  readonly computer: string;
}): readonly LocalGroup[] => {
  const isMember = domain.toLowerCase() !== computer.toLowerCase();
  const own = isMember ? [`${domain}\\Domain Admins`, `${domain}\\${user}`] : [user];
  return [
    {
      name: 'Administrators',
      comment: 'Administrators have complete and unrestricted access to the computer/domain',
      members: ['Administrator', ...own],
    },
    {
      name: 'Guests',
      comment:
        'Guests have the same access as members of the Users group by default, except for the Guest account which is further restricted',
      members: ['Guest'],
    },
    {
      name: 'Remote Desktop Users',
      comment: 'Members in this group are granted the right to logon remotely',
      members: [],
    },
    {
      name: 'Remote Management Users',
      comment:
        'Members of this group can access WMI resources over management protocols (such as WS-Management via the Windows Remote Management service). This applies only to WMI namespaces that grant access to the user.',
      members: [],
    },
    {
      name: 'Users',
      comment:
        'Users are prevented from making accidental or intentional system-wide changes and can run most applications',
      members: [
        'NT AUTHORITY\\Authenticated Users',
        'NT AUTHORITY\\INTERACTIVE',
        ...(isMember ? [`${domain}\\Domain Users`] : []),
      ],
    },
  ];
};
