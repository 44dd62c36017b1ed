import { useState } from 'preact/hooks';
import { count, plural } from '../facts/format.ts';
import { Text } from './text.tsx';

interface LongLineProps {
  readonly text: string;
  /** Characters that are shown at first. */
  readonly limit?: number;
}

const step = 20_000;

/** A character outside the Basic Multilingual Plane is not cut in two. */
const cut = (text: string, length: number): string => {
  const unit = text.charCodeAt(length - 1);
  return text.slice(0, unit >= 0xd800 && unit < 0xdc00 ? length - 1 : length);
};

/** One line that may be very long: its beginning, how much more there is, and a way to see that. */
export const LongLine = ({ text, limit = 2000 }: LongLineProps) => {
  const [shown, setShown] = useState(limit);
  if (text.length <= shown) return <Text of={text} lines />;
  const left = text.length - shown;
  return (
    <>
      <Text of={cut(text, shown)} lines />
      <span class="more">
        … {plural(left, 'more character')}{' '}
        <button type="button" onClick={() => setShown(shown + step)}>
          Show {left > step ? `${count(step)} more` : 'them'}
        </button>
        {left > step ? (
          <button type="button" onClick={() => setShown(text.length)}>
            Show all
          </button>
        ) : null}
      </span>
    </>
  );
};
