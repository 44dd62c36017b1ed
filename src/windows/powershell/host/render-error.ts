import type { ErrorPlace, ErrorRecord } from '../engine/error-record.ts';
import { lineAt, positionOf } from '../syntax/parse.ts';

/** "At line:1 char:5", the line, and waves under what is meant; of several lines, the first and dots. */
export const renderPlace = ({ script, extent }: ErrorPlace): string[] => {
  const start = positionOf(script.text, extent.start);
  const end = positionOf(script.text, extent.end);
  const line = lineAt(script.text, start.line);
  const several = end.line > start.line;
  const width = Math.max(1, (several ? line.length : end.column - 1) - (start.column - 1));
  const where =
    script.path === ''
      ? `At line:${start.line} char:${start.column}`
      : `At ${script.path}:${start.line} char:${start.column}`;
  return [where, `+ ${line}${several ? ' ...' : ''}`, `+ ${' '.repeat(start.column - 1)}${'~'.repeat(width)}`];
};

/** An error as the console shows it in its normal view. Long lines are not wrapped to the width of a window. */
export const renderError = (record: ErrorRecord): string => {
  const { fields, message } = record;
  if (fields.id === 'NativeCommandError') return message;
  const prefix =
    fields.invocationName === undefined || fields.invocationName === '' ? '' : `${fields.invocationName} : `;
  const lines = [
    `${prefix}${message}`,
    ...(fields.place === null ? [] : renderPlace(fields.place)),
    `    + CategoryInfo          : ${(record.get('CategoryInfo') as { options?: { text?: string } } | null)?.options?.text ?? ''}`,
    `    + FullyQualifiedErrorId : ${fields.id}`,
    ' ',
  ];
  return lines.join('\n');
};
