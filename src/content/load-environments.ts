import { posix } from 'node:path';
import type { Environment } from '../model/environment.ts';
import type { SourceFile } from '../util/source-file.ts';
import type { Collector } from './collect.ts';
import { parseEnvironment } from './environment/parse-environment.ts';

/** `environments/*.yaml`, by the names of the files. */
export const loadEnvironments = (
  files: readonly SourceFile[],
  collector: Collector,
): ReadonlyMap<string, Environment> =>
  new Map(
    files
      .filter(({ file }) => file.endsWith('.yaml'))
      .flatMap((source): [string, Environment][] => {
        const environment = collector.take(source, parseEnvironment(source.file, source.text));
        return environment === null ? [] : [[posix.basename(source.file, '.yaml'), environment]];
      }),
  );
