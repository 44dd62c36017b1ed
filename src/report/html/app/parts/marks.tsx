import type { Mark } from '../../../../model/persona.ts';
import { markMeaning } from '../facts/words.ts';

/** What a verdict rests on that is not the plain real thing. */
export const Marks = ({ marks }: { readonly marks: readonly Mark[] }) => (
  <>
    {marks.map((mark) => (
      <span class="mark" title={markMeaning[mark]}>
        {mark.replaceAll('-', ' ')}
      </span>
    ))}
  </>
);
