import { results } from '../tasks/protocol.ts';

/** The words of Windows for an HRESULT of the service; null where they are not known. */
const texts: Readonly<Record<number, string>> = {
  [results.fileNotFound]: 'The system cannot find the file specified.',
  [results.alreadyExists]: 'Cannot create a file when that file already exists.',
  [results.malformedXml]: 'The task XML is malformed.',
  [results.invalidArgument]: 'The parameter is incorrect.',
  [results.taskDisabled]: 'The task is disabled.',
  0x8007_06ba: 'The RPC server is unavailable.',
};

export const failureText = (code: number): string => texts[code] ?? `0x${code.toString(16).toUpperCase()}`;
