import { parsePowerShell } from '../powershell/syntax/parse.ts';
import { fullTypeName } from '../powershell/values/type-of.ts';
import { staticsOf } from '../powershell/objects/statics.ts';
import { isConstructible } from '../powershell/objects/constructors.ts';
import { isConvertible } from '../powershell/values/convert.ts';
import { commandNeeds } from './command-needs.ts';
import { distinct, type Need } from './need.ts';
import { scriptNodes, type ScriptNode } from './script-nodes.ts';

const memberNeeds = (node: Extract<ScriptNode, { kind: 'member' | 'invoke' }>): Need[] => {
  if (!node.isStatic || node.target.kind !== 'type' || node.name.kind !== 'string') return [];
  const type = fullTypeName(node.target.name);
  const name = node.name.value.toLowerCase();
  const known = staticsOf(type);
  const found = node.kind === 'invoke' ? known?.methods?.[name] : known?.properties?.[name];
  if (found !== undefined || (name === 'new' && isConstructible(type))) return [];
  return [{ kind: 'member', name: `[${type}]::${node.name.value}` }];
};

const castNeeds = ({ type }: Extract<ScriptNode, { kind: 'cast' }>): Need[] =>
  isConvertible(type) ? [] : [{ kind: 'type', name: `[${fullTypeName(type)}]` }];

/**
 * What a PowerShell script names and the persona lacks, by reading it: commands and their parameters, programs, static members, types
 * made or cast to. What members an object has that is made at run time is not known; neither is text that is made and then run.
 */
export const powerShellNeeds = (text: string): Need[] => {
  const parsed = parsePowerShell(text);
  if (!parsed.ok) return [{ kind: 'syntax', name: parsed.diagnostics[0]?.message ?? '' }];
  const nodes = [...scriptNodes(parsed.value)];
  const functions = new Set(nodes.flatMap((node) => (node.kind === 'function' ? [node.name.toLowerCase()] : [])));
  const needs = nodes.flatMap((node): Need[] => {
    switch (node.kind) {
      case 'unsupported':
        return [{ kind: 'statement', name: node.what }];
      case 'command':
        return commandNeeds(node, text, functions);
      case 'member':
      case 'invoke':
        return memberNeeds(node);
      case 'cast':
        return castNeeds(node);
      case 'variable':
        return /^(hklm|hkcu|cert|registry)$/.test(node.qualifier ?? '')
          ? [{ kind: 'drive', name: `${node.qualifier ?? ''}:` }]
          : [];
      default:
        return [];
    }
  });
  return distinct(needs);
};
