/**
 * The hub's event: one normalised observation. Columns are named after the Elastic Common Schema (flat dotted names);
 * `tocsin.*` is ours. The types are DuckDB's. This table is the single source of the Parquet files' and the hub's columns.
 */
export const eventColumns = {
  /** Unique in a recording, and increasing in the order observed on one host: `<host>:<sensor>:<n>`. */
  'event.id': 'VARCHAR',
  /** Drill time, UTC, microseconds. */
  '@timestamp': 'TIMESTAMP',
  /** One of `eventActions`. */
  'event.action': 'VARCHAR',
  /** `success`, `failure` or `unknown`. */
  'event.outcome': 'VARCHAR',
  /** Why it failed, in the sensor's own word: `refused`, `timeout`, `unreachable`, `ENOENT` … */
  'event.reason': 'VARCHAR',
  /** Which log of a service it is a record of: a key of `serviceDatasets`. */
  'event.dataset': 'VARCHAR',
  /** The native record of a service, JSON. */
  'event.original': 'VARCHAR',
  /** When it ended, for what lasts (a connection attempt: when its outcome was known). */
  'event.end': 'TIMESTAMP',
  'host.name': 'VARCHAR',
  'user.name': 'VARCHAR',
  'user.domain': 'VARCHAR',
  /** Of a directory, where one knows the user: its own identifier, and the name to sign in with. */
  'user.id': 'VARCHAR',
  'user.email': 'VARCHAR',

  'process.pid': 'BIGINT',
  /** Unique per process in a recording; a process keeps it through exec. */
  'process.entity_id': 'VARCHAR',
  /** In the persona's own form: `/usr/bin/curl`, `C:\Windows\System32\cmd.exe`. */
  'process.executable': 'VARCHAR',
  'process.name': 'VARCHAR',
  /** As the persona's platform logs it: one string. */
  'process.command_line': 'VARCHAR',
  /** JSON array of the argument list. */
  'process.args': 'VARCHAR',
  'process.working_directory': 'VARCHAR',
  'process.start': 'TIMESTAMP',
  'process.exit_code': 'BIGINT',
  'process.parent.pid': 'BIGINT',
  'process.parent.entity_id': 'VARCHAR',
  'process.parent.executable': 'VARCHAR',
  'process.parent.name': 'VARCHAR',
  'process.parent.command_line': 'VARCHAR',
  'process.parent.user.name': 'VARCHAR',
  'process.parent.user.domain': 'VARCHAR',
  'process.parent.start': 'TIMESTAMP',
  /** Parent's parent: Defender shows it. */
  'process.grandparent.pid': 'BIGINT',
  'process.grandparent.name': 'VARCHAR',

  /** The side that opened the connection, or sent the question. */
  'source.ip': 'VARCHAR',
  'source.port': 'INTEGER',
  /** Octets of payload that this side sent, each once however often it was sent; null where no packets were captured. */
  'source.bytes': 'BIGINT',
  /** Packets that this side sent, those without payload too. */
  'source.packets': 'BIGINT',
  /** As the router translated it; null when it did not. */
  'source.nat.ip': 'VARCHAR',
  'source.nat.port': 'INTEGER',
  'destination.ip': 'VARCHAR',
  'destination.port': 'INTEGER',
  /** The name the process asked for before it connected, when the DNS answer it got names this address. */
  'destination.domain': 'VARCHAR',
  'destination.nat.ip': 'VARCHAR',
  'destination.nat.port': 'INTEGER',
  'destination.bytes': 'BIGINT',
  'destination.packets': 'BIGINT',
  /** Of both sides. */
  'network.bytes': 'BIGINT',
  'network.packets': 'BIGINT',
  /** `tcp`, `udp` or `icmp`. */
  'network.transport': 'VARCHAR',
  /** `ipv4` or `ipv6`. */
  'network.type': 'VARCHAR',
  /** `egress` when the process of the event opened it, `ingress` when it accepted it. */
  'network.direction': 'VARCHAR',
  /** Bridges of the router that a flow came in by and went out by; the second is null for what the router did not let through. */
  'observer.ingress.interface.name': 'VARCHAR',
  'observer.egress.interface.name': 'VARCHAR',

  /** Of a request of HTTP: the whole URL, or `HOST:PORT` of a tunnel that was asked for. */
  'url.full': 'VARCHAR',
  'http.request.method': 'VARCHAR',
  'http.response.status_code': 'INTEGER',
  /** What the client says it is. */
  'user_agent.original': 'VARCHAR',
  /** The name that the client gave when it opened TLS. */
  'tls.client.server_name': 'VARCHAR',

  'dns.question.name': 'VARCHAR',
  'dns.question.type': 'VARCHAR',
  /** `NOERROR`, `NXDOMAIN` …; null when no answer was seen. */
  'dns.response_code': 'VARCHAR',
  /** JSON array of `{type, data}`. */
  'dns.answers': 'VARCHAR',

  'file.path': 'VARCHAR',
  'file.name': 'VARCHAR',
  'file.directory': 'VARCHAR',
  /** The path before a rename. */
  'file.previous.path': 'VARCHAR',
  'file.mode': 'VARCHAR',

  /** Records that a component writes itself (4104, 4698 …): its channel, id and data as the product has them. */
  'winlog.channel': 'VARCHAR',
  'winlog.provider_name': 'VARCHAR',
  'winlog.event_id': 'INTEGER',
  /** JSON object of EventData. */
  'winlog.event_data': 'VARCHAR',

  /** One record of the audit system: its type, the number that it shares with the records of the same event, its fields. */
  'auditd.message_type': 'VARCHAR',
  'auditd.sequence': 'BIGINT',
  /** JSON object of its fields; numbers of system calls are names, hexadecimal text is text. */
  'auditd.data': 'VARCHAR',

  /** A message of syslog: `authpriv`, `info`, the program and process that it names, and what it says. */
  'log.syslog.facility.name': 'VARCHAR',
  'log.syslog.severity.name': 'VARCHAR',
  'log.syslog.appname': 'VARCHAR',
  'log.syslog.procid': 'BIGINT',
  message: 'VARCHAR',

  'ocsf.class_uid': 'INTEGER',
  'ocsf.activity_id': 'INTEGER',

  /** Folder of `src/sensors` that saw it. */
  'tocsin.sensor': 'VARCHAR',
  'tocsin.persona': 'VARCHAR',
  /** `test`, `prerequisite`, `cleanup`, `background`, `service` (lab furniture) or `harness`. The last two are in no product table. */
  'tocsin.origin': 'VARCHAR',
  /** Key of the variant whose step caused it; null for background. */
  'tocsin.variant': 'VARCHAR',
  /** Id of the step (one command on one host) that caused it. */
  'tocsin.step': 'VARCHAR',
  /**
   * How the cause was established: `lineage`, `task` (by the request that a task was started for), `marker`, `lineage+marker`, `connection`
   * (by who sent the packets; of a service's record: whose connection it came in on), `proxy` (the same, through a proxy), `raw-socket` …
   */
  'tocsin.cause': 'VARCHAR',
  /** Sensor time, UTC: differs from `@timestamp` under a compressed clock. */
  'tocsin.real_time': 'TIMESTAMP',
  /** JSON array of marks that belong to this event. */
  'tocsin.marks': 'VARCHAR',
  /** The native record, or a pointer to its lines in the raw evidence: `trace:1234`. */
  'tocsin.raw': 'VARCHAR',
} as const;

/** Changes when a column changes its name, type or meaning; a recording says which version it holds. */
export const eventVersion = 1;

export type EventColumn = keyof typeof eventColumns;

type JsType<D> = D extends 'VARCHAR' ? string : D extends 'TIMESTAMP' ? Micros : number;

/** Microseconds since 1970-01-01 UTC. A plain number: exact until the year 2255. */
export type Micros = number;

/** Absent keys are null. */
export type LabEvent = { readonly [C in EventColumn]?: JsType<(typeof eventColumns)[C]> | undefined } & {
  readonly 'event.id': string;
  readonly '@timestamp': Micros;
  readonly 'event.action': EventAction;
  readonly 'host.name': string;
  readonly 'tocsin.sensor': string;
  readonly 'tocsin.origin': EventOrigin;
};

export const eventActions = [
  'process-start',
  'process-end',
  'connect',
  'bind',
  'listen',
  'accept',
  /**
   * What packets show and no process of the host opened or accepted: a probe of a closed port, a scan with packets of the
   * scanner's own making, a connection that the kernel took and no program did; and every exchange of datagrams but DNS.
   */
  'network-flow',
  /** What came to the lab's router to be routed, as packets show it there: `host.name` is `fabric`, no host. */
  'flow-routed',
  'dns-query',
  'file-create',
  'file-write',
  'file-rename',
  'file-delete',
  'file-chmod',
  'directory-create',
  'log-record',
  'audit-record',
  'syslog-message',
  /** What services of the lab's internet log of their clients: a question of a name server, a sign-in, a change of a directory … */
  'name-served',
  'request-served',
  'sign-in',
  'directory-change',
  'resource-operation',
  'request-relayed',
] as const;

export type EventAction = (typeof eventActions)[number];

export const eventOrigins = ['test', 'prerequisite', 'cleanup', 'background', 'service', 'harness'] as const;

export type EventOrigin = (typeof eventOrigins)[number];
