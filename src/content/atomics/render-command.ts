import { fillPlaceholders } from './placeholders.ts';

// Invoke-AtomicTest replaces the first spelling, then the second, everywhere in the text, inside values too.
const atomicsFolderName = /\$?PathToAtomicsFolder/g;

/**
 * A command as the shell gets it: inputs put in, and `PathToAtomicsFolder` (also `$PathToAtomicsFolder`, with either slash
 * behind it) replaced by where the host has the atomics. The payload folder that many tests use is its sibling
 * `ExternalPayloads`, which they spell `PathToAtomicsFolder/../ExternalPayloads` themselves.
 */
export const renderCommand = (text: string, inputs: Readonly<Record<string, string>>, atomicsFolder: string): string =>
  fillPlaceholders(text, inputs).replace(atomicsFolderName, () => atomicsFolder);
