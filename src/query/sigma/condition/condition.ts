/** A rule's condition with its quantifiers resolved: `1 of sel*` is the `or` of the selections it names. */
export type ConditionNode =
  | { readonly kind: 'and' | 'or'; readonly of: readonly ConditionNode[]; readonly text: string }
  | { readonly kind: 'not'; readonly of: ConditionNode; readonly text: string }
  | { readonly kind: 'selection'; readonly name: string };

/** What the grammar gives, before names are looked up. Offsets count from 0 in the condition's text. */
export type ConditionSyntax =
  | {
      readonly kind: 'and' | 'or';
      readonly of: readonly ConditionSyntax[];
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'not'; readonly of: ConditionSyntax; readonly start: number; readonly end: number }
  | { readonly kind: 'name'; readonly name: string; readonly start: number; readonly end: number }
  | {
      readonly kind: 'quantified';
      readonly quantity: 'one' | 'all';
      /** `them`, or names with `*` for any text. */
      readonly pattern: string;
      readonly start: number;
      readonly end: number;
    };

export interface ConditionProblem {
  readonly message: string;
  readonly hint: string | null;
  readonly start: number;
  readonly end: number;
}
