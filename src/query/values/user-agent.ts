import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'yaml';

/** One pattern of uap-core, whose replacements stand for groups. */
interface Pattern {
  readonly regex: string;
  readonly regex_flag?: string;
  readonly [replacement: `${string}_replacement`]: string | undefined;
}

interface Patterns {
  readonly user_agent_parsers: readonly Pattern[];
  readonly os_parsers: readonly Pattern[];
  readonly device_parsers: readonly Pattern[];
}

type Kind = keyof Patterns;

interface Compiled {
  readonly pattern: Pattern;
  readonly regex: RegExp;
}

let compiled: Readonly<Record<Kind, readonly Compiled[]>> | null = null;

const compile = (pattern: Pattern): Compiled => ({ pattern, regex: new RegExp(pattern.regex, pattern.regex_flag) });

/** Read when first asked for: a quarter of a megabyte. */
const patternsOf = (kind: Kind): readonly Compiled[] => {
  if (compiled === null) {
    const file = createRequire(import.meta.url).resolve('uap-core/regexes.yaml');
    const all = parse(readFileSync(file, 'utf8')) as Patterns;
    compiled = {
      user_agent_parsers: all.user_agent_parsers.map(compile),
      os_parsers: all.os_parsers.map(compile),
      device_parsers: all.device_parsers.map(compile),
    };
  }
  return compiled[kind];
};

/** No browser sends more, and patterns must end. */
const longest = 2000;

type Part = (replacement: `${string}_replacement`, group: number) => string;

const found = (kind: Kind, text: string): Part | null => {
  for (const { pattern, regex } of patternsOf(kind)) {
    const match = regex.exec(text.slice(0, longest));
    if (match === null) continue;
    return (name, group) =>
      (
        pattern[name]?.replaceAll(/\$(\d)/g, (_, index: string) => match[Number(index)] ?? '') ??
        match[group] ??
        ''
      ).trim();
  }
  return null;
};

type Named = ReadonlyMap<string, string>;

/** Empty texts where nothing is known; a family that nothing tells is `Other`. */
export const browserOf = (text: string): Named => {
  const part = found('user_agent_parsers', text);
  return new Map([
    ['Family', part?.('family_replacement', 1) ?? 'Other'],
    ['MajorVersion', part?.('v1_replacement', 2) ?? ''],
    ['MinorVersion', part?.('v2_replacement', 3) ?? ''],
    ['Patch', part?.('v3_replacement', 4) ?? ''],
  ]);
};

export const operatingSystemOf = (text: string): Named => {
  const part = found('os_parsers', text);
  return new Map([
    ['Family', part?.('os_replacement', 1) ?? 'Other'],
    ['MajorVersion', part?.('os_v1_replacement', 2) ?? ''],
    ['MinorVersion', part?.('os_v2_replacement', 3) ?? ''],
    ['Patch', part?.('os_v3_replacement', 4) ?? ''],
    ['PatchMinor', part?.('os_v4_replacement', 5) ?? ''],
  ]);
};

export const deviceOf = (text: string): Named => {
  const part = found('device_parsers', text);
  const family = part?.('device_replacement', 1) ?? 'Other';
  return new Map([
    ['Family', family],
    ['Brand', part?.('brand_replacement', Number.MAX_SAFE_INTEGER) ?? ''],
    ['Model', part?.('model_replacement', 1) ?? ''],
  ]);
};
