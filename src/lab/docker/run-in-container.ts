import { PassThrough, type Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Container } from 'dockerode';
import type Docker from 'dockerode';
import { HarnessError } from '../../model/harness-error.ts';

/** Runs a program in a running container, without a shell, and returns what it prints. A failure is thrown in its own words. */
export const runInContainer = async (
  docker: Docker,
  container: Container,
  argv: readonly string[],
  input: string | null = null,
): Promise<string> => {
  const hasInput = input !== null;
  const exec = await container.exec({ Cmd: [...argv], AttachStdin: hasInput, AttachStdout: true, AttachStderr: true });
  const stream: Duplex = await exec.start({ hijack: true, stdin: hasInput });
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  docker.modem.demuxStream(stream, stdout, stderr);
  const finish = (): void => {
    stdout.end();
    stderr.end();
  };
  // Engines differ in which of the two they send.
  stream.once('end', finish);
  stream.once('close', finish);
  if (hasInput) stream.end(input);
  const [out, complaint] = await Promise.all([text(stdout), text(stderr)]);
  const { ExitCode: code } = await exec.inspect();
  if (code === 0) return out;
  throw new HarnessError(`${argv[0] ?? ''} failed in the lab: ${complaint.trim() || `exit code ${String(code)}`}`, {
    code: 'lab/tool-failed',
  });
};
