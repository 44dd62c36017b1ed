import type { DetectionVerdict } from '../../../../model/verdict.ts';
import type { Route } from '../routing/hash.ts';
import { Text } from '../text/text.tsx';
import { VerdictGlyph } from './glyph.tsx';
import { Link } from './link.tsx';
import './siblings.css';

export interface Sibling {
  readonly key: string;
  readonly name: string;
  readonly to: Route;
  readonly current: boolean;
  readonly verdict: DetectionVerdict | null;
}

/** The same page for the other variants: one step from one to the next. */
export const Siblings = ({ label, items }: { readonly label: string; readonly items: readonly Sibling[] }) =>
  items.length < 2 ? null : (
    <nav aria-label={label} class="siblings">
      {items.map((item) => (
        <Link
          key={item.key}
          to={item.to}
          current={item.current}
          class={item.verdict === null ? undefined : `v-${item.verdict}`}
        >
          {item.verdict === null ? null : <VerdictGlyph verdict={item.verdict} />}
          <Text of={item.name} />
          {item.verdict === null ? null : <span class="for-readers"> {item.verdict}</span>}
        </Link>
      ))}
    </nav>
  );
