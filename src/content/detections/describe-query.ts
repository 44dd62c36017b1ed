import { posix } from 'node:path';
import type { Detection, Language } from '../../model/detection.ts';
import type { SourceFile } from '../../util/source-file.ts';
import type { DeclaredDetection } from './declared-detection.ts';
import { fileId } from './file-id.ts';
import { hashText } from './hash-text.ts';
import { originOf } from './origin.ts';
import { huntingSchedule } from './parse-sentinel.ts';

/** What a bare query says of itself when no index does: its first comment, and the techniques that it or its path names. */
export const describeQuery = (
  { file, text }: SourceFile,
  language: Extract<Language, 'kql' | 'sumo'>,
): DeclaredDetection => {
  const place = { file, line: 1, column: 1 };
  const detection: Detection = {
    id: fileId(file),
    title: titleOf(text) ?? posix.basename(file, posix.extname(file)),
    language,
    platform: language === 'kql' ? 'sentinel' : 'sumo',
    severity: 'medium',
    techniques: [...new Set(`${file}\n${commentsOf(text)}`.match(/\bT\d{4}(?:\.\d{3})?\b/g) ?? [])],
    origin: originOf(file),
    schedule: huntingSchedule,
    text,
    place,
    hash: hashText(text),
  };
  return { detection, declared: place };
};

const titleOf = (text: string): string | null => {
  const first = /^\s*\/\/+[\s=*-]*(.*\w.*?)[\s=*-]*$/m.exec(text);
  // A comment further down is about a line, not about the query.
  return first?.index === 0 || text.slice(0, first?.index ?? 0).trim() === '' ? (first?.[1] ?? null) : null;
};

const commentsOf = (text: string): string => (text.match(/^\s*\/\/.*$/gm) ?? []).join('\n');
