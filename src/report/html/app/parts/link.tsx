import type { ComponentChildren } from 'preact';
import { useReport } from '../report.ts';
import { formatHash, type Route } from '../routing/hash.ts';

interface LinkProps {
  readonly to: Route;
  readonly line?: number;
  readonly class?: string | undefined;
  readonly current?: boolean;
  readonly children: ComponentChildren;
}

/** A link inside the report; the search and the theme come along. */
export const Link = ({ to, line, class: className, current, children }: LinkProps) => {
  const { address } = useReport();
  return (
    <a
      href={formatHash({ ...address, route: to, line: line ?? null })}
      class={className}
      aria-current={current === true ? 'page' : undefined}
    >
      {children}
    </a>
  );
};
