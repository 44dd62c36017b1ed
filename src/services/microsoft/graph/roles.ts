/** Directory roles by their template's id, which is the same in every tenant. Source: Microsoft's reference of built-in roles. */
export const roleTemplates: ReadonlyMap<string, string> = new Map([
  ['62e90394-69f5-4237-9190-012177145e10', 'Global Administrator'],
  ['fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator'],
  ['e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator'],
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator'],
  ['5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader'],
  ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b', 'Directory Readers'],
]);

export const roleId = (name: string): string => [...roleTemplates].find(([, shown]) => shown === name)?.[0] ?? '';

/** Whose roles may change what. */
export const mayManage = {
  users: ['Global Administrator', 'User Administrator'],
  groups: ['Global Administrator', 'User Administrator'],
  roles: ['Global Administrator', 'Privileged Role Administrator'],
} as const;
