import type { Json } from '../../model/json.ts';

/** One line of a list: what a table shows of it, and what filters ask of it. */
export interface ListedItem {
  readonly cells: readonly string[];
  /** Ids of its techniques. */
  readonly techniques: readonly string[];
  readonly platforms: readonly string[];
  /** Text that `--grep` looks in, besides the cells. */
  readonly text: string;
  /** What the latest runs say of it, where somebody asked. */
  readonly statuses?: readonly string[];
  readonly json: Readonly<Record<string, Json>>;
}

export interface Listing {
  readonly head: readonly string[];
  readonly items: readonly ListedItem[];
}
