import { randomBytes } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Reporter } from '../model/run-event.ts';
import { createGitHubReporter } from '../report/github/github-reporter.ts';
import type { CommandContext } from './context.ts';

/** The reporter for GitHub Actions where that is where we run; it goes last in the list. */
export const githubReporters = ({ env, root, screen }: CommandContext): readonly Reporter[] => {
  if (env['GITHUB_ACTIONS'] !== 'true') return [];
  const summaryFile = env['GITHUB_STEP_SUMMARY'];
  return [
    createGitHubReporter({
      write: (text) => screen.note(text),
      appendSummary: async (text) => {
        if (summaryFile !== undefined && summaryFile !== '') await appendFile(summaryFile, text);
      },
      prefix: inRepository(env['GITHUB_WORKSPACE'], root),
      token: randomBytes(16).toString('hex'),
    }),
  ];
};

/** A project outside the workspace has no place in the repository: its files are named as they are in the project. */
const inRepository = (workspace: string | undefined, root: string): string => {
  if (workspace === undefined || workspace === '') return '';
  const path = relative(workspace, root);
  return path.startsWith('..') ? '' : path.replaceAll('\\', '/');
};
