/**
 * Makes the image of the docker driver's hosts on this machine, from Debian's packages: nothing is pulled from a registry of
 * images. Needs root (debootstrap) and a container engine. Run: npm run image
 */
import { mkdtemp, mkdir, rm, cp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import Docker from 'dockerode';
import { imageName, imageRecipe } from '../src/lab/docker/image.ts';

const requireDebootstrap = async (): Promise<void> => {
  const present = await execa('debootstrap', ['--version'], { reject: false });
  if (present.exitCode === 0) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', ['update', '-qq'], { env, stdio: 'inherit' });
  await execa('apt-get', ['install', '-y', '--no-install-recommends', 'debootstrap'], { env, stdio: 'inherit' });
};

const makeRoot = async (root: string): Promise<void> => {
  console.log(`unpacking Debian ${imageRecipe.suite} (${imageRecipe.packages.join(', ')})`);
  const packages = `--include=${imageRecipe.packages.join(',')}`;
  await execa('debootstrap', ['--variant=minbase', packages, imageRecipe.suite, root], { stdout: 'ignore' });
  for (const unneeded of ['var/cache/apt', 'var/lib/apt/lists', 'usr/share/doc', 'usr/share/locale', 'usr/share/man']) {
    await rm(join(root, unneeded), { recursive: true, force: true });
  }
  // Accounts are synthetic, and written when a host is born.
  for (const account of ['shadow', 'gshadow', 'passwd-', 'group-', 'subuid', 'subgid']) {
    await rm(join(root, 'etc', account), { force: true });
  }
  await mkdir(join(root, imageRecipe.nodeFolder), { recursive: true });
  // The interpreter of the agent and the personas: the one that runs this script.
  await cp(await realpath(process.execPath), join(root, imageRecipe.nodeFolder, 'node'));
};

/** By way of a file: what the engine reads is whole before it begins, and a failure of tar is tar's. */
const importRoot = async (root: string, archive: string): Promise<void> => {
  const docker = new Docker();
  await execa('tar', ['-C', root, '-cf', archive, '.']);
  const [repo, tag] = imageName.split(':');
  const stream = await docker.importImage(archive, { repo, tag });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
  });
};

const folder = await mkdtemp(join(tmpdir(), 'tocsin-image-'));
try {
  const root = join(folder, 'root');
  await requireDebootstrap();
  await makeRoot(root);
  await importRoot(root, join(folder, 'root.tar'));
  console.log(`image ${imageName} is ready`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
