import { aliases } from './aliases.ts';
import type { Cmdlet, CmdletTable } from './cmdlet.ts';
import { contentCmdlets } from './content-cmdlets.ts';
import { engineCmdlets } from './engine-cmdlets.ts';
import { hostCmdlets } from './host-cmdlets.ts';
import { itemCmdlets } from './item-cmdlets.ts';
import { locationCmdlets } from './location-cmdlets.ts';
import { moveCmdlets } from './move-cmdlets.ts';
import { csvCmdlets } from './csv-cmdlets.ts';
import { formatCmdlets } from './format-cmdlets.ts';
import { groupObjectCmdlet } from './group-object.ts';
import { processCmdlets } from './process-cmdlets.ts';
import { selectString } from './select-string.ts';
import { sessionCmdlets } from './session-cmdlets.ts';
import { startProcessCmdlet } from './start-process.ts';
import { forEachObject } from './for-each-object.ts';
import { measureObject } from './measure-object.ts';
import { selectObject } from './select-object.ts';
import { sortObject } from './sort-object.ts';
import { whereObject } from './where-object.ts';
import { timeCmdlets } from './time-cmdlets.ts';
import { netCmdlets } from '../net/cmdlets.ts';
import { registryDrives } from './registry/path.ts';
import { propertyCmdlets } from './registry/property-cmdlets.ts';
import { webCmdlets } from './web-cmdlets.ts';
import { taskCmdlets } from '../tasks/task-cmdlets.ts';

const all: readonly Cmdlet[] = [
  ...hostCmdlets,
  forEachObject,
  whereObject,
  selectObject,
  measureObject,
  sortObject,
  ...timeCmdlets,
  ...webCmdlets,
  ...netCmdlets,
  ...contentCmdlets,
  ...itemCmdlets,
  ...moveCmdlets,
  ...locationCmdlets,
  ...engineCmdlets,
  ...propertyCmdlets,
  ...processCmdlets,
  startProcessCmdlet,
  ...formatCmdlets,
  groupObjectCmdlet,
  ...csvCmdlets,
  selectString,
  ...sessionCmdlets,
  ...taskCmdlets,
];

/** Every cmdlet there is, and the aliases of Windows PowerShell. */
export const createCmdletTable = (): CmdletTable => {
  const byName = new Map(all.map((cmdlet) => [cmdlet.name.toLowerCase(), cmdlet]));
  const byAlias = new Map(Object.entries(aliases));
  return {
    find: (name) => byName.get(name.toLowerCase()),
    alias: (name) => byAlias.get(name.toLowerCase()),
    drives: ['registry', ...Object.keys(registryDrives)],
  };
};
