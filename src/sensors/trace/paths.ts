import { posix } from 'node:path';

/** An absolute, normal path. A relative one without a known folder stays as it is: wrong would be worse. */
export const joinPath = (folder: string | null, path: string): string =>
  path.startsWith('/') ? posix.normalize(path) : folder === null ? path : posix.join(folder, path);
