import { bitsResults, type JobInfo } from '../bits/protocol.ts';

export const banner = `
BITSADMIN version 3.0
BITS administration utility.
(C) Copyright 2000-2006 Microsoft Corp.

BITSAdmin is deprecated and is not guaranteed to be available in future versions of Windows.
Administrative tools for the BITS service are now provided by BITS PowerShell cmdlets.

`;

/** The words of Windows for an HRESULT of the service. */
const texts: Readonly<Record<number, string>> = {
  [bitsResults.pathNotFound]: 'The system cannot find the path specified.',
  [bitsResults.invalidArgument]: 'The parameter is incorrect.',
  [bitsResults.notFound]: 'The requested job was not found.',
  [bitsResults.invalidState]:
    'The requested action is not allowed in the current job state. The job might have been canceled or completed transferring. It is in a read-only state now.',
  [bitsResults.empty]: 'There are no files attached to this job. Attach files to the job, and then try again.',
  [bitsResults.missingFileSize]: 'The server did not return the file size. The URL might contain dynamic content.',
  [bitsResults.insufficientRangeSupport]:
    'The server does not support the necessary HTTP protocol. Background Intelligent Transfer Service (BITS) requires that the server support the Range protocol header.',
  0x8007_06ba: 'The RPC server is unavailable.',
  0x8019_0193: 'HTTP status 403: The client does not have sufficient access rights to the requested server object.',
  0x8019_0194: 'HTTP status 404: The requested URL does not exist on the server.',
};

export const hex = (code: number): string => `0x${(code >>> 0).toString(16).padStart(8, '0')}`;

/** What stands below `Unable to … - 0x…`; null where the words are not known. */
export const textOf = (code: number): string | null => texts[code] ?? null;

/** `{GUID} 'name' TRANSFERRED 1 / 1 7 / 7`: files and bytes, of how many. */
export const lineOf = ({ id, name, state, files }: JobInfo): string => {
  const arrived = files.filter(({ size, transferred }) => size !== null && transferred === size).length;
  const bytes = files.reduce((sum, { transferred }) => sum + transferred, 0);
  const sizes = files.map(({ size }) => size);
  const total = sizes.some((size) => size === null)
    ? 'UNKNOWN'
    : sizes.reduce((sum: number, size) => sum + (size ?? 0), 0);
  return `${id} '${name}' ${state} ${arrived} / ${files.length} ${bytes} / ${total}`;
};

/** Why a transfer that `/transfer` waited for did not come about. */
export const failureOf = ({ error, files }: JobInfo): string => {
  const file = files[error?.file ?? 0];
  const code = error?.code ?? 0;
  const words = textOf(code);
  return `Unable to complete transfer.
ERROR FILE:    ${file?.url ?? ''} -> ${file?.path ?? ''}
ERROR CODE:    ${hex(code)}${words === null ? '' : ` - ${words}`}
ERROR CONTEXT: 0x00000005 - The error occurred while the remote file was being processed.
`;
};
