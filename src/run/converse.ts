import { stripVTControlCharacters } from 'node:util';
import type { Answer } from '../model/scenario.ts';

/** Answers the questions of a test, as a person at its terminal would. */
export interface Conversation {
  /** Takes what the terminal shows; `type` presses keys. */
  hear(bytes: Uint8Array, type: (keys: string) => void): void;
  /** The first question that was not asked, in words; null when all were. */
  unasked(): string | null;
}

const shownLength = 120;

/** Each question is looked for behind the one before, so that an echo answers nothing. */
export const createConversation = (answers: readonly Answer[]): Conversation => {
  const decoder = new TextDecoder();
  let raw = '';
  let asked = 0;
  return {
    hear: (bytes, type) => {
      raw += decoder.decode(bytes, { stream: true });
      for (let next = answers[asked]; next !== undefined; next = answers[asked]) {
        // A control sequence may come in two parts: all of it is looked at, until it is known what it was.
        const shown = stripVTControlCharacters(raw);
        const found = new RegExp(next.expect, 'm').exec(shown);
        if (found === null) return;
        raw = shown.slice(found.index + found[0].length);
        asked += 1;
        type(next.enter ? `${next.send}\r` : next.send);
      }
    },
    unasked: () => {
      const next = answers[asked];
      if (next === undefined) return null;
      const last = stripVTControlCharacters(raw).trim().slice(-shownLength);
      const showed =
        last === '' ? 'and showed nothing after the answer before' : `and last showed ${JSON.stringify(last)}`;
      return `question ${asked + 1} of ${answers.length}, /${next.expect}/, ${showed}`;
    },
  };
};
