/** Time for what is redrawn while a run goes on. */
export interface Ticker {
  /** Milliseconds; only differences mean something. */
  now(): number;
  /** Calls again and again until the returned function is called. Never keeps the process alive. */
  every(milliseconds: number, callback: () => void): () => void;
}

export const systemTicker: Ticker = {
  now: () => performance.now(),
  every: (milliseconds, callback) => {
    const timer = setInterval(callback, milliseconds).unref();
    return () => clearInterval(timer);
  },
};
