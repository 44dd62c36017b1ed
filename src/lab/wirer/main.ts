import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';
import type { WirerAnswer, WirerRequest } from './protocol.ts';

/** Runs in the wirer's container: enters a container's network or mounts and becomes the program asked for. No shell. */
const namespaceFiles = { net: ['--net', 'net'], mount: ['--mount', 'mnt'] } as const;

const perform = async ({ pid, namespace, argv, input }: WirerRequest): Promise<string | null> => {
  const [option, file] = namespaceFiles[namespace];
  const child = spawn('/usr/bin/nsenter', [`${option}=/proc/${pid}/ns/${file}`, '--', ...argv], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  // A program that ends before it has read everything says why itself.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const complaint = await text(child.stderr);
  const code = await ended;
  return code === 0 ? null : complaint.trim() || `exit code ${String(code)}`;
};

const answer = async (request: WirerRequest): Promise<void> => {
  const reply: WirerAnswer = { call: request.call, failure: await perform(request) };
  console.log(JSON.stringify(reply));
};

createInterface({ input: process.stdin }).on('line', (line) => void answer(JSON.parse(line) as WirerRequest));
