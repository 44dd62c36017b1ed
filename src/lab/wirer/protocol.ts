/** What driver and wirer say to each other: one JSON object a line. */
export interface WirerRequest {
  readonly call: number;
  /** The namespaces of this process, as the machine numbers it, are entered. */
  readonly pid: number;
  readonly namespace: 'net' | 'mount';
  readonly argv: readonly string[];
  readonly input: string;
}

export interface WirerAnswer {
  readonly call: number;
  /** What the program said when it failed; null when it did not. */
  readonly failure: string | null;
}
