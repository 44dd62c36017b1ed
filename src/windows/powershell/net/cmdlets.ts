import type { Cmdlet } from '../commands/cmdlet.ts';
import { resolveDnsName } from './resolve-dns-name.ts';
import { testNetConnection } from './test-net-connection.ts';

export const netCmdlets: readonly Cmdlet[] = [resolveDnsName, testNetConnection];
