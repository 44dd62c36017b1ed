import type { ServiceClient, ServiceDataset } from '../../model/service-log.ts';
import type { Provider } from '../../model/provider.ts';
import type { DirectoryState } from './directory-state.ts';
import type { Tokens } from './entra/tokens.ts';

/** What the parts of the service share. */
export interface CloudContext {
  readonly state: DirectoryState;
  readonly tokens: Tokens;
  readonly providers: readonly Provider[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: (dataset: ServiceDataset, client: ServiceClient, record: object) => void;
}

/** As Microsoft's logs write it: seven digits of a second. */
export const isoTicks = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('Z', '0000Z');
