/** A range of the line after `%` expansion. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

export type CmdNode = Simple | Sequence | Pipe | Group | If | For | Remark;

/** A command as it stands: carets are gone, quotes are not, redirections are taken out. */
export interface Simple {
  readonly kind: 'simple';
  readonly extent: Extent;
  readonly text: string;
  readonly redirections: readonly Redirection[];
}

export interface Redirection {
  /** File descriptor. */
  readonly descriptor: 0 | 1 | 2;
  readonly target:
    | { readonly kind: 'read'; readonly path: string }
    | { readonly kind: 'write'; readonly path: string; readonly append: boolean }
    /** `2>&1`. */
    | { readonly kind: 'same'; readonly descriptor: 0 | 1 | 2 };
}

/** `&` runs both, `&&` the second after success, `||` after failure. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly extent: Extent;
  readonly operator: '&' | '&&' | '||';
  readonly left: CmdNode;
  readonly right: CmdNode;
}

export interface Pipe {
  readonly kind: 'pipe';
  readonly extent: Extent;
  readonly left: CmdNode;
  readonly right: CmdNode;
}

/** `( … )`. */
export interface Group {
  readonly kind: 'group';
  readonly extent: Extent;
  readonly body: CmdNode | null;
  readonly redirections: readonly Redirection[];
}

export type Condition =
  | { readonly kind: 'exist'; readonly path: string }
  | { readonly kind: 'defined'; readonly name: string }
  | { readonly kind: 'errorlevel'; readonly least: string }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: string; readonly right: string };

export type Comparison = '==' | 'equ' | 'neq' | 'lss' | 'leq' | 'gtr' | 'geq';

export interface If {
  readonly kind: 'if';
  readonly extent: Extent;
  readonly ignoreCase: boolean;
  readonly negated: boolean;
  readonly condition: Condition;
  readonly then: CmdNode;
  readonly otherwise: CmdNode | null;
}

export interface For {
  readonly kind: 'for';
  readonly extent: Extent;
  /** `/L`, `/F`, `/D`, `/R`, or `''` for a plain set. */
  readonly form: '' | 'l' | 'f' | 'd' | 'r';
  readonly options: string;
  /** One letter, case counts. */
  readonly variable: string;
  readonly set: string;
  readonly body: CmdNode;
}

export interface Remark {
  readonly kind: 'remark';
  readonly extent: Extent;
}
