import type { Block, ScriptBlock, Statement } from './ast.ts';
import type { Extent } from './extent.ts';
import type { BinaryOperator, UnaryOperator } from './operators.ts';

export type Expression =
  | NumberLiteral
  | StringLiteral
  | ExpandableString
  | Variable
  | ArrayLiteral
  | ArrayExpression
  | SubExpression
  | Paren
  | Hashtable
  | ScriptBlockExpression
  | TypeLiteral
  | Cast
  | Member
  | Invoke
  | Index
  | Unary
  | Binary;

export interface NumberLiteral {
  readonly kind: 'number';
  readonly extent: Extent;
  readonly type: 'int' | 'long' | 'double' | 'decimal';
  readonly value: number | bigint;
  /** As written: an argument of a program or of a string parameter keeps it. */
  readonly text: string;
}

export interface StringLiteral {
  readonly kind: 'string';
  readonly extent: Extent;
  readonly value: string;
  /** A word without quotes: a command's name, an argument, a key. */
  readonly bare: boolean;
}

export interface ExpandableString {
  readonly kind: 'expandable';
  readonly extent: Extent;
  readonly parts: readonly (string | Expression)[];
  readonly bare: boolean;
}

export interface Variable {
  readonly kind: 'variable';
  readonly extent: Extent;
  readonly name: string;
  /** Lower-case scope (`global`, `script`, `local`, `private`, `using`) or drive (`env`, `function`, `variable`), or null. */
  readonly qualifier: string | null;
}

export interface ArrayLiteral {
  readonly kind: 'array';
  readonly extent: Extent;
  readonly elements: readonly Expression[];
}

/** `@( … )`. */
export interface ArrayExpression {
  readonly kind: 'array-expression';
  readonly extent: Extent;
  readonly body: Block;
}

/** `$( … )`. */
export interface SubExpression {
  readonly kind: 'sub-expression';
  readonly extent: Extent;
  readonly body: Block;
}

export interface Paren {
  readonly kind: 'paren';
  readonly extent: Extent;
  readonly statement: Statement;
}

export interface Hashtable {
  readonly kind: 'hashtable';
  readonly extent: Extent;
  readonly entries: readonly { readonly key: Expression; readonly value: Statement }[];
}

export interface ScriptBlockExpression {
  readonly kind: 'script-block-expression';
  readonly extent: Extent;
  readonly block: ScriptBlock;
}

export interface TypeLiteral {
  readonly kind: 'type';
  readonly extent: Extent;
  readonly name: string;
}

export interface Cast {
  readonly kind: 'cast';
  readonly extent: Extent;
  readonly type: string;
  readonly operand: Expression;
}

export interface Member {
  readonly kind: 'member';
  readonly extent: Extent;
  readonly target: Expression;
  readonly name: Expression;
  readonly isStatic: boolean;
}

export interface Invoke {
  readonly kind: 'invoke';
  readonly extent: Extent;
  readonly target: Expression;
  readonly name: Expression;
  readonly isStatic: boolean;
  readonly arguments: readonly Expression[];
}

export interface Index {
  readonly kind: 'index';
  readonly extent: Extent;
  readonly target: Expression;
  readonly index: Expression;
}

export interface Unary {
  readonly kind: 'unary';
  readonly extent: Extent;
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

export interface Binary {
  readonly kind: 'binary';
  readonly extent: Extent;
  readonly operator: BinaryOperator;
  /** `-ceq` and the like; the plain and the `i` forms ignore case. */
  readonly caseSensitive: boolean;
  readonly left: Expression;
  readonly right: Expression;
}
