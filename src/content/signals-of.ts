import type { Atomic } from '../model/atomic.ts';
import type { Signal } from '../model/signal.ts';
import type { Content } from './content.ts';
import { instantiateSignal } from './signals/instantiate-signal.ts';

/**
 * The signals of a test with one variant's inputs put in (`resolveInputs` gives them). Content that loaded without errors
 * has none that fail for the variants of its scenarios.
 */
export const signalsOf = (
  content: Pick<Content, 'signals'>,
  atomic: Atomic,
  inputs: Readonly<Record<string, string>>,
): readonly Signal[] =>
  (content.signals.get(atomic.guid) ?? []).map((template) => {
    const made = instantiateSignal(template, atomic, inputs);
    if (made.ok) return made.signal;
    throw new Error(
      `signal ${template.id} of ${atomic.guid}: ${made.problems.map(({ message }) => message).join('; ')}`,
    );
  });
