import { NotImplemented } from '../../os/not-implemented.ts';
import type { Stdio } from '../../os/stdio.ts';
import type { For } from '../syntax/ast.ts';
import { runNode } from './execute.ts';
import { matchFiles } from './match-files.ts';
import type { Shell } from './shell.ts';
import { expandLoops } from './variables.ts';

const words = (set: string): string[] => set.match(/"[^"]*"|[^\s,;=]+/g) ?? [];

const counted = (set: string): string[] => {
  const [start = 0, step = 1, end = 0] = words(set).map(Number);
  if (step === 0) throw new NotImplemented('for /l with a step of 0, which never ends');
  const values: string[] = [];
  for (let value = start; step > 0 ? value <= end : value >= end; value += step) values.push(String(value));
  return values;
};

const valuesOf = ({ form, set }: For, shell: Shell): string[] => {
  const text = expandLoops(set, shell);
  switch (form) {
    case '':
      return words(text).flatMap((word) => (/[*?]/.test(word) ? matchFiles(word.replaceAll('"', ''), shell) : [word]));
    case 'l':
      return counted(text);
    case 'f':
    case 'd':
    case 'r':
      throw new NotImplemented(`for /${form}`);
  }
};

export const runFor = async (node: For, shell: Shell, stdio: Stdio): Promise<void> => {
  const outer = shell.loops.get(node.variable);
  try {
    for (const value of valuesOf(node, shell)) {
      shell.loops.set(node.variable, value);
      await runNode(node.body, shell, stdio);
    }
  } finally {
    if (outer === undefined) shell.loops.delete(node.variable);
    else shell.loops.set(node.variable, outer);
  }
};
