/** A name that packages share, such as `/usr/bin/nc`, and who offers to be it. */
export interface Alternative {
  readonly link: string;
  readonly target: string;
  readonly priority: number;
}

/**
 * What an installation script would register with update-alternatives(1), read, not run. Only what is written out counts: a name
 * that the script makes up while it runs is left out.
 */
export const parseAlternatives = (script: string): readonly Alternative[] =>
  script
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => /^\s*(?:\/usr\/(?:s?bin)\/)?update-alternatives\s/.test(line))
    .flatMap((line) => readCommand(line.trim().split(/\s+/)));

const readCommand = (words: readonly string[]): Alternative[] => {
  const at = words.indexOf('--install');
  const [link, , target, priority] = at === -1 ? [] : words.slice(at + 1);
  if (!isPath(link) || !isPath(target) || !/^\d+$/.test(priority ?? '')) return [];
  const rank = Number(priority);
  const others = words.flatMap((word, index): Alternative[] => {
    const [otherLink, , otherTarget] = word === '--slave' || word === '--follower' ? words.slice(index + 1) : [];
    return isPath(otherLink) && isPath(otherTarget) ? [{ link: otherLink, target: otherTarget, priority: rank }] : [];
  });
  return [{ link, target, priority: rank }, ...others];
};

const isPath = (word: string | undefined): word is string =>
  word !== undefined && /^\/[\w.+@/-]+$/.test(word) && !word.split('/').includes('..');
