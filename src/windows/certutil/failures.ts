import { NotImplemented } from '../os/not-implemented.ts';
import type { HttpFailureStatus } from '../powershell/http/client.ts';

export interface CertutilFailure {
  /** As certutil shows the HRESULT. */
  readonly code: string;
  readonly text: string;
  readonly hresult: number;
}

const winHttp = (number: number, name: string, text: string): CertutilFailure => {
  const hresult = (0x8007_0000 | number) >>> 0;
  return { code: `0x${hresult.toString(16)} (WinHttp: ${number} ${name})`, text, hresult: hresult | 0 };
};

/** What WinHTTP and its error texts say of a request that got no answer. */
export const failureOfRequest = (status: HttpFailureStatus): CertutilFailure => {
  switch (status) {
    case 'ConnectFailure':
      return winHttp(12_029, 'ERROR_WINHTTP_CANNOT_CONNECT', 'A connection with the server could not be established');
    case 'NameResolutionFailure':
      return winHttp(12_007, 'ERROR_WINHTTP_NAME_NOT_RESOLVED', 'The server name or address could not be resolved');
    case 'Timeout':
      return winHttp(12_002, 'ERROR_WINHTTP_TIMEOUT', 'The operation timed out');
    case 'ReceiveFailure':
    case 'ConnectionClosed':
      return winHttp(
        12_030,
        'ERROR_WINHTTP_CONNECTION_ERROR',
        'The connection with the server was terminated abnormally',
      );
    case 'SecureChannelFailure':
    case 'TrustFailure':
    case 'ProtocolError':
    case 'ProxyNameResolutionFailure':
      throw new NotImplemented(`certutil's words for ${status}`);
  }
};

/** HTTP_E_STATUS_…: facility 25 and the status. */
export const failureOfStatus = (status: number): CertutilFailure => {
  const names: Readonly<Record<number, readonly [string, string]>> = {
    403: ['HTTP_E_STATUS_FORBIDDEN', 'Forbidden (403).'],
    404: ['HTTP_E_STATUS_NOT_FOUND', 'Not found (404).'],
  };
  const [name, text] = names[status] ?? [];
  if (name === undefined || text === undefined) throw new NotImplemented(`certutil's words for HTTP status ${status}`);
  const hresult = 0x8019_0000 | status | 0;
  return { code: `0x${(hresult >>> 0).toString(16)} (${hresult} ${name})`, text, hresult };
};
