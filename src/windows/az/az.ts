import type { HttpClient } from '../powershell/http/client.ts';
import type { ProfileStore } from './profile.ts';

/** What az needs of the host. */
export interface AzHost {
  readonly http: HttpClient;
  readonly profile: ProfileStore;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A file of the host by its Windows name. */
  readonly readFile: (name: string) => string;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Text for names that az makes up. */
  readonly random: () => string;
}
