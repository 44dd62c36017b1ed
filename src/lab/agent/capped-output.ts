import type { Readable } from 'node:stream';

/** Reads a stream to its end, keeping the first bytes only: what a test prints must not fill the harness's memory. */
export class CappedOutput {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #kept = 0;
  #truncated = false;

  constructor(stream: Readable, limit: number) {
    this.#limit = limit;
    stream.on('data', (chunk: Buffer) => this.#add(chunk));
    // The process is gone, or will be: its end is reported by its exit.
    stream.on('error', () => undefined);
  }

  get truncated(): boolean {
    return this.#truncated;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  #add(chunk: Buffer): void {
    const room = this.#limit - this.#kept;
    if (chunk.length > room) this.#truncated = true;
    if (room <= 0) return;
    const part = chunk.subarray(0, room);
    this.#chunks.push(part);
    this.#kept += part.length;
  }
}
