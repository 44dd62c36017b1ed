import type { Alias, Node, SumoStage } from './ast.ts';

/** A field of one of the tables that a join makes: `t1.user`. */
export interface TableField extends Node {
  readonly table: string;
  readonly field: string;
}

/** Operators that bring rows of elsewhere. */
export type JoiningStage =
  | (Node & {
      readonly kind: 'lookup';
      readonly outputs: readonly { readonly from: string; readonly alias: Alias }[] | 'all';
      /** As written, without quotes: `geo://location`, `path:///Library/Users`. */
      readonly path: string;
      readonly on: readonly { readonly field: Alias; readonly column: string }[];
    })
  | (Node & {
      readonly kind: 'join';
      readonly tables: readonly { readonly name: string; readonly stages: readonly SumoStage[] }[];
      readonly on: readonly { readonly left: TableField; readonly right: TableField }[];
      /** How far apart the messages may be, in milliseconds. */
      readonly windowMillis: number | null;
    });
