import type { Mark } from '../model/persona.ts';

/** Every mark once, sorted. */
export const joinMarks = (...lists: readonly (readonly Mark[])[]): readonly Mark[] => [...new Set(lists.flat())].sort();
