import type { Extent } from './extent.ts';
import type { Expression } from './expression-ast.ts';

/** The statements of Windows PowerShell 5.1, named as its own syntax tree names them where that is clear. */
export type Statement =
  | Pipeline
  | Assignment
  | If
  | While
  | For
  | ForEach
  | Switch
  | Try
  | Trap
  | FlowControl
  | FunctionDefinition
  | UnsupportedStatement;

export interface Block {
  readonly kind: 'block';
  readonly extent: Extent;
  readonly statements: readonly Statement[];
}

/** A script, or what stands in braces. A script without named blocks has all its statements in `end`. */
export interface ScriptBlock {
  readonly kind: 'script-block';
  /** With the braces, where it has them: this text is what event 4104 shows. */
  readonly extent: Extent;
  readonly parameters: readonly Parameter[] | null;
  /** `[CmdletBinding()]` before `param`. */
  readonly attributes: readonly Attribute[];
  readonly begin: Block | null;
  readonly process: Block | null;
  readonly end: Block | null;
  readonly dynamicParameters: Block | null;
}

export interface Parameter {
  readonly name: string;
  readonly extent: Extent;
  readonly attributes: readonly Attribute[];
  /** The type in brackets before the name, the innermost when there are several. */
  readonly type: string | null;
  readonly defaultValue: Expression | null;
}

/** `[Parameter(Mandatory = $true, Position = 0)]`. */
export interface Attribute {
  readonly name: string;
  readonly extent: Extent;
  readonly positional: readonly Expression[];
  readonly named: readonly { readonly name: string; readonly value: Expression | null }[];
}

export interface Pipeline {
  readonly kind: 'pipeline';
  readonly extent: Extent;
  readonly elements: readonly [PipelineElement, ...PipelineElement[]];
}

export type PipelineElement = Command | CommandExpression;

/** An expression where a command could stand; only the first element of a pipeline can be one. */
export interface CommandExpression {
  readonly kind: 'command-expression';
  readonly extent: Extent;
  readonly expression: Expression;
  readonly redirections: readonly Redirection[];
}

export interface Command {
  readonly kind: 'command';
  readonly extent: Extent;
  /** `&` and `.` take any expression as the command; without them it is a word. */
  readonly invocation: '' | '&' | '.';
  readonly name: Expression;
  readonly arguments: readonly CommandArgument[];
  readonly redirections: readonly Redirection[];
}

export type CommandArgument =
  | { readonly kind: 'value'; readonly extent: Extent; readonly value: Expression }
  /** `-Name`, or `-Name:value` with the value attached. */
  | { readonly kind: 'parameter'; readonly extent: Extent; readonly name: string; readonly value: Expression | null }
  | { readonly kind: 'splat'; readonly extent: Extent; readonly variable: string }
  /** What follows `--%`, untouched. */
  | { readonly kind: 'verbatim'; readonly extent: Extent; readonly text: string };

export type Redirection =
  | {
      readonly kind: 'file';
      readonly extent: Extent;
      readonly stream: Stream;
      readonly append: boolean;
      readonly target: Expression;
    }
  | { readonly kind: 'merge'; readonly extent: Extent; readonly from: Stream; readonly to: Stream };

export type Stream = 'all' | 'output' | 'error' | 'warning' | 'verbose' | 'debug' | 'information';

export interface Assignment {
  readonly kind: 'assignment';
  readonly extent: Extent;
  readonly target: Expression;
  readonly operator: '=' | '+=' | '-=' | '*=' | '/=' | '%=';
  readonly value: Statement;
}

export interface If {
  readonly kind: 'if';
  readonly extent: Extent;
  readonly clauses: readonly { readonly condition: Statement; readonly body: Block }[];
  readonly otherwise: Block | null;
}

export interface While {
  readonly kind: 'while';
  readonly extent: Extent;
  readonly label: string | null;
  /** `do` loops run their body before the first test. */
  readonly form: 'while' | 'do-while' | 'do-until';
  readonly condition: Statement;
  readonly body: Block;
}

export interface For {
  readonly kind: 'for';
  readonly extent: Extent;
  readonly label: string | null;
  readonly initializer: Statement | null;
  readonly condition: Statement | null;
  readonly iterator: Statement | null;
  readonly body: Block;
}

export interface ForEach {
  readonly kind: 'foreach';
  readonly extent: Extent;
  readonly label: string | null;
  readonly variable: string;
  readonly collection: Statement;
  readonly body: Block;
}

export interface Switch {
  readonly kind: 'switch';
  readonly extent: Extent;
  readonly label: string | null;
  readonly match: 'exact' | 'wildcard' | 'regex';
  readonly caseSensitive: boolean;
  /** True when the subject is the path of a file to read by lines. */
  readonly file: boolean;
  readonly subject: Statement;
  readonly clauses: readonly { readonly test: Expression; readonly body: Block }[];
  readonly otherwise: Block | null;
}

export interface Try {
  readonly kind: 'try';
  readonly extent: Extent;
  readonly body: Block;
  /** A clause without types catches everything. */
  readonly catches: readonly { readonly types: readonly string[]; readonly body: Block }[];
  readonly finally: Block | null;
}

export interface Trap {
  readonly kind: 'trap';
  readonly extent: Extent;
  readonly type: string | null;
  readonly body: Block;
}

export interface FlowControl {
  readonly kind: 'return' | 'exit' | 'throw' | 'break' | 'continue';
  readonly extent: Extent;
  /** What is returned or thrown; of `break` and `continue`, the label. */
  readonly operand: Statement | null;
}

export interface FunctionDefinition {
  readonly kind: 'function';
  readonly extent: Extent;
  readonly name: string;
  readonly filter: boolean;
  readonly body: ScriptBlock;
}

/** Read, so that the rest of the script can be read too, but without an evaluation. */
export interface UnsupportedStatement {
  readonly kind: 'unsupported';
  readonly extent: Extent;
  readonly what:
    'class' | 'enum' | 'data' | 'using' | 'workflow' | 'configuration' | 'parallel' | 'sequence' | 'inlinescript';
}
