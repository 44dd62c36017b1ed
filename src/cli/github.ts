import { randomBytes } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { createGitHubReporter, type GitHubReporter } from '../report/github/github-reporter.ts';
import type { CommandContext } from './context.ts';

/**
 * Works with the reporter for GitHub Actions where that is where we run; it goes last in the list. Everything that the work prints
 * is text to the runner, the annotations aside.
 */
export const withGitHub = async <T>(
  context: CommandContext,
  work: (github: readonly GitHubReporter[]) => Promise<T>,
): Promise<T> => {
  const github = githubReporters(context);
  try {
    return await work(github);
  } finally {
    for (const reporter of github) reporter.close();
  }
};

const githubReporters = ({ env, root, screen }: CommandContext): readonly GitHubReporter[] => {
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
