import { readFileSync } from 'node:fs';

/** Code name of the release that this machine runs (`bookworm`); null when it has none, or is no Linux. */
export const machineRelease = (file = '/etc/os-release'): string | null => {
  try {
    return /^VERSION_CODENAME="?([a-z]+)"?$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
};
