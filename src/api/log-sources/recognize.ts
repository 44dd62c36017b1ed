import { encodingOf } from '../../formats/log/utf8.ts';
import type { Recognized } from './log-format.ts';
import { recognizeText } from './recognize-text.ts';

/** How many of a file's first bytes decide. */
export const headBytes = 65_536;

/** First bytes of formats in bytes: those we read, and those people often put beside logs. */
const magics: readonly (readonly [magic: string, Recognized])[] = [
  ['ElfFile\0', { ok: true, format: 'evtx' }],
  ['ElfChnk\0', { ok: true, format: 'evtx' }],
  ['PAR1', { ok: true, format: 'parquet' }],
  ['PK\x03\x04', { ok: false, reason: 'a zip archive: unpack it first' }],
  ['7z\xbc\xaf\x27\x1c', { ok: false, reason: 'a 7z archive: unpack it first' }],
  ['\xfd7zXZ\0', { ok: false, reason: 'compressed with xz: unpack it first' }],
  ['BZh', { ok: false, reason: 'compressed with bzip2: unpack it first' }],
  ['\x28\xb5\x2f\xfd', { ok: false, reason: 'compressed with zstd: unpack it first' }],
  ['\x1f\x8b', { ok: false, reason: 'compressed with gzip more than once' }],
  ['regf', { ok: false, reason: 'a registry hive, not a log' }],
  ['LfLe', { ok: false, reason: 'an event log of Windows XP (EVT), which is not read' }],
  ['\x30\0\0\0LfLe', { ok: false, reason: 'an event log of Windows XP (EVT), which is not read' }],
  ['LPKSHHRH', { ok: false, reason: "a binary journal of systemd: export it with 'journalctl -o json'" }],
  ['SQLite format 3\0', { ok: false, reason: 'an SQLite database, not a log' }],
  ['\xd4\xc3\xb2\xa1', { ok: false, reason: 'a packet capture, not a log' }],
  ['\x0a\x0d\x0d\x0a', { ok: false, reason: 'a packet capture, not a log' }],
  ['MZ', { ok: false, reason: 'a program, not a log' }],
  ['\x7fELF', { ok: false, reason: 'a program, not a log' }],
];

/** Recognizes a file by its first bytes; names and extensions decide nothing. `isWhole`: there are no more bytes. */
export const recognize = (head: Buffer, isWhole: boolean): Recognized => {
  if (head.length === 0) return { ok: false, reason: 'empty' };
  const start = head.toString('latin1', 0, 16);
  const known = magics.find(([magic]) => start.startsWith(magic));
  if (known !== undefined) return known[1];
  const tar = head.toString('latin1', 257, 262) === 'ustar';
  if (tar) return { ok: false, reason: 'a tar archive: unpack it first' };
  const text = new TextDecoder(encodingOf(head)).decode(head);
  if (hasControls(text)) return { ok: false, reason: 'bytes of no format that is read' };
  return recognizeText(text, isWhole);
};

/** Escapes and form feeds occur in logs, auditd's separator does; zeros do not. */
const hasControls = (text: string): boolean => {
  const controls = text.match(/[\x00-\x08\x0e-\x1a\ufffd]/g)?.length ?? 0;
  return text.includes('\0') || controls > text.length / 20;
};
