/** Steps that a rule's expressions may take, in one text and in all: what is beyond stays undecided, and is said. */
export interface RegexWork {
  readonly inText: number;
  readonly inAll: number;
}

/**
 * A step takes some 50 nanoseconds. Steps are counted and not time, so that a busy machine decides nothing. No published rule
 * comes near on its samples: the longest, `.{1000,}`, takes a million for its first text.
 */
export const usualWork: RegexWork = { inText: 4_000_000, inAll: 100_000_000 };

/** Tells whether what was just asked is undecided, since an expression was given up. */
export interface Budget {
  readonly work: RegexWork;
  isOver: boolean;
}

export const createBudget = (work: RegexWork = usualWork): Budget => ({ work, isOver: false });

/** Whether it is over, which is forgotten. */
export const takeOver = (budget: Budget): boolean => {
  const { isOver } = budget;
  budget.isOver = false;
  return isOver;
};
