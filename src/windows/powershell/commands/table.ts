import { aliases } from './aliases.ts';
import type { Cmdlet, CmdletTable } from './cmdlet.ts';
import { hostCmdlets } from './host-cmdlets.ts';
import { objectCmdlets } from './object-cmdlets.ts';
import { timeCmdlets } from './time-cmdlets.ts';
import { webCmdlets } from './web-cmdlets.ts';

const all: readonly Cmdlet[] = [...hostCmdlets, ...objectCmdlets, ...timeCmdlets, ...webCmdlets];

/** Every cmdlet there is, and the aliases of Windows PowerShell. */
export const createCmdletTable = (): CmdletTable => {
  const byName = new Map(all.map((cmdlet) => [cmdlet.name.toLowerCase(), cmdlet]));
  const byAlias = new Map(Object.entries(aliases));
  return { find: (name) => byName.get(name.toLowerCase()), alias: (name) => byAlias.get(name.toLowerCase()) };
};
