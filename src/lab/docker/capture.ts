import { createWriteStream } from 'node:fs';
import { PassThrough, type Duplex } from 'node:stream';
import { createInterface } from 'node:readline';
import type Docker from 'dockerode';
import { captureCommand, captureFailed, createCapture, type Capture } from '../capture/capture.ts';
import { createTraceWatch } from '../host/trace-watch.ts';
import { endOf } from './end-of.ts';
import { imageName } from './image.ts';
import { labelsOf } from './labels.ts';

export interface CaptureOptions {
  readonly docker: Docker;
  readonly runId: string;
  /** The container whose network it watches. */
  readonly network: string;
  /** For example `host ws1`, and what its own container's name ends in. */
  readonly of: string;
  readonly name: string;
  readonly interfaces: readonly string[];
  readonly file: string;
  readonly limitBytes: number;
}

/**
 * Starts a capturer in a container of its own, which shares the network of a host or the fabric and nothing else of it: no test
 * sees it or can signal it.
 */
export const startCapture = async (options: CaptureOptions): Promise<Capture> => {
  const { docker, runId, network, of, interfaces, file, limitBytes } = options;
  const container = await docker.createContainer({
    name: `tocsin-${runId}-${options.name}`,
    Image: imageName,
    Labels: labelsOf(runId),
    Cmd: [...captureCommand({ file: 1, ready: 2 }, interfaces)],
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      NetworkMode: `container:${network}`,
      CapDrop: ['ALL'],
      CapAdd: ['NET_RAW'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      LogConfig: { Type: 'none', Config: {} },
    },
  });
  // Hijacked, it is the connection itself; dockerode's types say less.
  const attach = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
  const streams = (await container.attach(attach)) as Duplex;
  const frames = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  const said = new PassThrough();
  docker.modem.demuxStream(streams, frames, said);
  const complaints: string[] = [];
  const ready = Promise.withResolvers<'ready'>();
  createInterface({ input: said }).on('line', (line) => {
    if (line === 'ready') ready.resolve(line);
    else complaints.push(line);
  });
  const closed = new Promise<void>((resolve) => streams.once('close', resolve));
  const ended = endOf(container).then(async (how) => {
    // What the engine still has must be in the file before anyone reads it.
    await closed;
    await new Promise((resolve) => frames.end(resolve));
    return [how, ...complaints].join(': ');
  });
  await container.start();
  const outcome = await Promise.race([ready.promise, ended]);
  if (outcome !== 'ready') throw captureFailed(of, outcome);
  return createCapture({
    file,
    watch: createTraceWatch(`the capture of ${of}`, file, limitBytes),
    ended,
    closeInput: () => streams.end(),
    kill: () => void container.kill().catch(() => undefined),
  });
};
