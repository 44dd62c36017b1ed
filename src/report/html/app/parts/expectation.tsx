interface ExpectationProps {
  readonly met: boolean;
  readonly expected: string | null;
}

/** Whether the verdict is the one that the scenario declares. */
export const Expectation = ({ met, expected }: ExpectationProps) => {
  if (!met) return <span class="unmet">{expected === null ? 'not expected' : `expected ${expected}`}</span>;
  return <span class="met">{expected === null ? 'nothing expected' : 'as expected'}</span>;
};
