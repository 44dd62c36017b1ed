export const logFormats = ['evtx', 'windows-xml', 'auditd', 'syslog', 'ndjson', 'json', 'csv', 'parquet'] as const;

export type LogFormat = (typeof logFormats)[number];

/** What a file is by its content, or why it is nothing we read. */
export type Recognized =
  | { readonly ok: true; readonly format: Exclude<LogFormat, 'csv'> }
  | { readonly ok: true; readonly format: 'csv'; readonly separator: string }
  | { readonly ok: false; readonly reason: string };
