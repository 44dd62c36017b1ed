import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { EnvironmentSource } from '../api/fixtures/load-environment.ts';

export interface EnvironmentFlag {
  readonly environment?: string;
}

export const addEnvironmentOption = (command: Command, purpose: string): Command =>
  command.option('--environment <file>', `${purpose}: saved functions, watchlists, externaldata … (YAML)`);

/** The file that the command line names, as the options of whoever reads it. */
export const environmentSource = (
  { environment }: EnvironmentFlag,
  cwd: string,
): { readonly environment?: EnvironmentSource } =>
  environment === undefined ? {} : { environment: { path: resolve(cwd, environment), shown: environment } };
