/**
 * Something that a script names and this persona lacks. `file` and `download` are no gaps of the persona: the test brings a program
 * of its own, or fetches one from an internet that the lab does not have.
 */
export interface Need {
  readonly kind:
    | 'syntax'
    | 'statement'
    | 'cmdlet'
    | 'parameter'
    | 'module'
    | 'program'
    | 'internal'
    | 'type'
    | 'member'
    | 'com'
    | 'drive'
    | 'file'
    | 'download';
  readonly name: string;
}

export const isGap = ({ kind }: Need): boolean => kind !== 'file' && kind !== 'download' && kind !== 'module';

/** Each need once, in the order of the text. */
export const distinct = (needs: readonly Need[]): Need[] => [
  ...new Map(needs.map((need) => [`${need.kind} ${need.name.toLowerCase()}`, need])).values(),
];
