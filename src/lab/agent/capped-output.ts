import type { Readable } from 'node:stream';

/** Keeps the first bytes of an output only: what a test prints must not fill the harness's memory. */
export class CappedOutput {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #kept = 0;
  #truncated = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Reads a stream to its end. */
  static of(stream: Readable, limit: number): CappedOutput {
    const output = new CappedOutput(limit);
    stream.on('data', (chunk: Buffer) => output.add(chunk));
    // The process is gone, or will be: its end is reported by its exit.
    stream.on('error', () => undefined);
    return output;
  }

  get truncated(): boolean {
    return this.#truncated;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  add(chunk: Buffer): void {
    const room = this.#limit - this.#kept;
    if (chunk.length > room) this.#truncated = true;
    if (room <= 0) return;
    const part = chunk.subarray(0, room);
    this.#chunks.push(part);
    this.#kept += part.length;
  }
}
