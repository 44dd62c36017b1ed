import { posix } from 'node:path';
import { createContent, type ContentOptions } from './create-content.ts';
import type { Content } from './content.ts';
import { readFiles } from './read-files.ts';
import { queryLanguages } from './detections/parse-index.ts';

/** Where people write, below a project folder. */
const folders = ['atomics', 'detections', 'lab/data', 'lab/topologies', 'scenarios'] as const;

// `.yml` too: to say that nobody reads it, instead of saying nothing.
const extensions = new Set(['.yaml', '.yml', ...Object.keys(queryLanguages)]);

/**
 * Reads and checks everything that people wrote below a project folder. All problems of all files come back in one pass;
 * throws a HarnessError only when a file cannot be read.
 */
export const loadContent = async (root: string, options: ContentOptions = {}): Promise<Content> => {
  const files = await Promise.all(
    folders.map((folder) => readFiles(root, folder, (path) => extensions.has(posix.extname(path)))),
  );
  return createContent(files.flat(), options);
};
