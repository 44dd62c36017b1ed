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
  /** Null or absent: it goes to the server itself. Its names are the proxy's to ask for. */
  readonly proxy?: URL | null;
  /** The server's certificate may be anybody's. */
  readonly insecure?: boolean;
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
  | 'ProxyNameResolutionFailure'
  | 'ConnectFailure'
  | 'Timeout'
  | 'ReceiveFailure'
  | 'ProtocolError'
  | 'ConnectionClosed'
  | 'SecureChannelFailure'
  | 'TrustFailure';

export class HttpFailure extends Error {
  readonly status: HttpFailureStatus;
  /** What the proxy said instead of opening a tunnel. */
  readonly refusal: number | null;

  constructor(status: HttpFailureStatus, message: string, refusal: number | null = null) {
    super(message);
    this.status = status;
    this.refusal = refusal;
  }
}

export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Closes the idle connections. */
  close(): Promise<void>;
}
