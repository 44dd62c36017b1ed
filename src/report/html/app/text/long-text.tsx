import { useState } from 'preact/hooks';
import { count, plural } from '../facts/format.ts';
import { LongLine } from './long-line.tsx';

const step = 1000;

interface LongTextProps {
  readonly text: string;
  /** Names the text for a screen reader, for example `Standard output`. */
  readonly label: string;
  /** Lines that are shown at first. */
  readonly limit?: number;
}

/** Many lines, the first of them shown; each line may be long itself. */
export const LongText = ({ text, label, limit = 40 }: LongTextProps) => {
  const [shown, setShown] = useState(limit);
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const left = lines.length - shown;
  return (
    <div class="long-text">
      <pre tabIndex={0} role="region" aria-label={label}>
        {lines.slice(0, shown).map((line) => (
          <span class="text-line">
            <LongLine text={line} />
            {'\n'}
          </span>
        ))}
      </pre>
      {left > 0 ? (
        <p class="more">
          … {plural(left, 'more line')}{' '}
          <button type="button" onClick={() => setShown(shown + step)}>
            Show {left > step ? `${count(step)} more` : 'them'}
          </button>
        </p>
      ) : null}
    </div>
  );
};
