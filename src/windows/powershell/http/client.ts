/** A request as a cmdlet makes it. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  /** In the order they are sent. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | null;
  /** Milliseconds for the whole request; 0 means none. */
  readonly timeout: number;
  readonly redirections: number;
  /** Whom to ask in place of the server; null asks the server itself. */
  readonly proxy?: URL | null;
}

export interface HttpResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  readonly url: URL;
  readonly httpVersion: string;
}

/** Why a request got no answer: .NET's WebExceptionStatus. */
export type HttpFailureStatus =
  | 'NameResolutionFailure'
  | 'ConnectFailure'
  | 'Timeout'
  | 'ReceiveFailure'
  | 'ProtocolError'
  | 'ConnectionClosed'
  | 'SecureChannelFailure'
  | 'TrustFailure';

export class HttpFailure extends Error {
  readonly status: HttpFailureStatus;

  constructor(status: HttpFailureStatus, message: string) {
    super(message);
    this.status = status;
  }
}

export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Closes the idle connections. */
  close(): Promise<void>;
}
