import { visibleParts } from './visible.ts';
import './text.css';

interface TextProps {
  readonly of: string;
  /** Keep line ends and tabs. */
  readonly lines?: boolean;
}

/** Text from elsewhere: isolated in its direction, with unseen characters shown. The only way data reaches the page. */
export const Text = ({ of, lines = false }: TextProps) => (
  <bdi>
    {visibleParts(of, lines).map((part) =>
      typeof part === 'string' ? (
        part
      ) : (
        <span class="unseen" title={part.code}>
          {part.symbol}
        </span>
      ),
    )}
  </bdi>
);
