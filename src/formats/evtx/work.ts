import { Damaged } from './damaged.ts';

/**
 * What one chunk may cost. A real chunk is read in a hundred thousand steps; templates that fill in one another a thousand times
 * over would take years.
 */
export class Work {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new Damaged('a chunk expands to more than any log writes');
  }
}

export const stepsOfChunk = 500_000;
