/** What a signal source offers: `process` fits. */
interface SignalSource {
  on(name: 'SIGINT' | 'SIGTERM', listener: (name: 'SIGINT' | 'SIGTERM') => void): unknown;
  kill(pid: number, name: 'SIGKILL'): unknown;
  readonly pid: number;
}

export interface SignalWatch {
  /** Aborted by the first signal: what runs is torn down in order. */
  readonly signal: AbortSignal;
  readonly received: 'SIGINT' | 'SIGTERM' | null;
}

/** The first signal asks for an orderly end; the second of its kind is meant, and ends the process at once. */
export const watchSignals = (source: SignalSource): SignalWatch => {
  const controller = new AbortController();
  const watch: { signal: AbortSignal; received: SignalWatch['received'] } = {
    signal: controller.signal,
    received: null,
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    source.on(name, () => {
      if (watch.received !== null) source.kill(source.pid, 'SIGKILL');
      watch.received = name;
      controller.abort(new Error(`interrupted by ${name}`));
    });
  }
  return watch;
};
