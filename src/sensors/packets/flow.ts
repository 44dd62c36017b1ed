import type { Micros } from '../../model/event.ts';

export interface FlowEnd {
  readonly ip: string;
  /** 0 where there are no ports (ICMP). */
  readonly port: number;
}

/** What one side of a flow sent. */
export interface Traffic {
  packets: number;
  /** Octets of payload, each once. */
  bytes: number;
  /** Segments that brought nothing new. */
  repeated: number;
}

export type FlowOutcome =
  /** Both sides took part. */
  | 'established'
  /** The server answered, and the client never confirmed: a SYN scan of an open port. */
  | 'half-open'
  | 'refused'
  | 'unreachable'
  | 'unanswered';

/** One connection, or one exchange of datagrams, as the frames of one interface show it. */
export interface Flow {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly version: 4 | 6;
  /** Name of the interface. */
  readonly interface: string;
  /** Who began. */
  readonly client: FlowEnd;
  readonly server: FlowEnd;
  /** Number of its first frame in the capture. */
  readonly frame: number;
  readonly startMicros: Micros;
  readonly lastMicros: Micros;
  /** When its outcome was settled; null while nobody answered. */
  readonly settledMicros: Micros | null;
  readonly outcome: FlowOutcome;
  /** TCP: who reset it, and that both sides closed it. */
  readonly resetBy: 'client' | 'server' | null;
  readonly closed: boolean;
  readonly sent: Readonly<Traffic>;
  readonly received: Readonly<Traffic>;
  /** The name that the client gave when it opened TLS. */
  readonly serverName: string | null;
  /** False when its beginning was not captured: who began it is a guess. */
  readonly fromBeginning: boolean;
  /**
   * What its first packet bears that a router changes no address of: TCP's first sequence number, the length and a hash of a datagram.
   * Null when it is not from its beginning.
   */
  readonly opening: string | null;
}

/** Client before server, so that the two sides of a router and of a connection find each other. */
export const flowKey = ({ protocol, client, server }: Pick<Flow, 'protocol' | 'client' | 'server'>): string =>
  `${protocol} ${client.ip} ${client.port} ${server.ip} ${server.port}`;
