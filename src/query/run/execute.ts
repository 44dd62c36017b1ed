import type { DuckDBRows, Database } from '../../telemetry/database.ts';
import type { Statement } from '../sql/render-plan.ts';
import { registerRowFunction } from './register.ts';

/** Runs statements in one database, and registers the row functions that they need, each once. */
export interface Executor {
  read(statement: Statement, signal?: AbortSignal): Promise<DuckDBRows>;
}

// Functions belong to the database, and several engines may work on one.
const registered = new WeakMap<Database, Set<string>>();

export const createExecutor = (database: Database): Executor => {
  const known = registered.get(database) ?? new Set<string>();
  registered.set(database, known);
  return {
    read: async ({ sql, rowFunctions }, signal) => {
      signal?.throwIfAborted();
      for (const fn of rowFunctions.filter(({ name }) => !known.has(name))) {
        registerRowFunction(database.connection, fn);
        known.add(fn.name);
      }
      const interrupt = (): void => {
        database.connection.interrupt();
      };
      signal?.addEventListener('abort', interrupt, { once: true });
      try {
        return await database.read(sql);
      } finally {
        signal?.removeEventListener('abort', interrupt);
      }
    },
  };
};
