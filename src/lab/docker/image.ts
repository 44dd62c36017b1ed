import { harnessFolder } from '../in-host.ts';

/** What the hosts' image is made of; `npm run image` makes it with debootstrap. */
export const imageRecipe = {
  suite: 'bookworm',
  packages: ['strace', 'iproute2', 'curl', 'procps'],
  /** In the image, without the leading slash. */
  nodeFolder: harnessFolder.slice(1),
} as const;

/** Local name; the version changes with the recipe, so that an old image is not taken for a new one. */
export const imageName = 'tocsin-lab:2';
