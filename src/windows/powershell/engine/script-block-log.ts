import type { ScriptBlockValue } from '../values/value.ts';
import type { Session } from './session.ts';

const channel = 'Microsoft-Windows-PowerShell/Operational';
const provider = 'Microsoft-Windows-PowerShell';
const longest = 20_000;

/** Long scripts are cut into pieces of one random size between 10,000 and 20,000 characters, so that no cut can be planned for. */
const pieces = (text: string, random: () => number): string[] => {
  if (text.length < longest) return [text];
  const size = 10_000 + Math.floor(random() * 10_000);
  const count = Math.floor(text.length / size) + 1;
  return Array.from({ length: count }, (_, index) => text.slice(index * size, (index + 1) * size));
};

/**
 * Event 4104, written when a script block first runs: the script itself, and every block of it that runs as a block of its own
 * (`ForEach-Object { … }`, with its braces). A block is logged once however often it runs.
 */
export const logScriptBlock = async (session: Session, block: ScriptBlockValue): Promise<void> => {
  const { machine, logged } = session;
  if (!machine.logs.scriptBlocks || logged.has(block.ast)) return;
  logged.add(block.ast);
  const id = machine.uuid();
  const parts = pieces(block.text, machine.random);
  for (const [index, text] of parts.entries()) {
    const data = {
      MessageNumber: index + 1,
      MessageTotal: parts.length,
      ScriptBlockText: text,
      ScriptBlockId: id,
      Path: block.script.path,
    };
    await machine.eventLog.write({ channel, provider, eventId: 4104, data });
  }
};
