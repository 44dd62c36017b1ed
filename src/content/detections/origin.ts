import type { Detection } from '../../model/detection.ts';

/** What stands below a folder `published` is kept word for word. */
export const originOf = (file: string): Detection['origin'] =>
  file.split('/').includes('published') ? 'published' : 'maintained';
