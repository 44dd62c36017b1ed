import type { DetectionVerdict, SignalVerdict } from '../../../../model/verdict.ts';
import { signalMeaning, verdictMeaning } from '../facts/words.ts';
import { VerdictGlyph } from './glyph.tsx';
import './verdict.css';

const meanings: Readonly<Record<string, string>> = { ...verdictMeaning, ...signalMeaning };

/** Shape, word and color: any one of them is enough. */
export const Verdict = ({ of, large }: { readonly of: DetectionVerdict | SignalVerdict; readonly large?: boolean }) => (
  <span class={`verdict v-${of}${large === true ? ' large' : ''}`} title={meanings[of]}>
    <VerdictGlyph verdict={of} />
    {of}
  </span>
);
