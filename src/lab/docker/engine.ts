import Docker from 'dockerode';
import type { Availability } from '../driver.ts';
import { problemOfPrograms } from '../host/program-state.ts';
import { imageName } from './image.ts';

const statusOf = (error: unknown): number | null =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : null;

export const isNotFound = (error: unknown): boolean => statusOf(error) === 404;

/** The engine that `DOCKER_HOST` names, or the one of the usual socket. Nothing is asked of it yet. */
export const connectEngine = (): Docker => new Docker();

/** Whether the engine answers and has the hosts' image. Nothing is ever pulled. */
export const probeEngine = async (docker: Docker, hostPrograms: string): Promise<Availability> => {
  const problem = problemOfPrograms(hostPrograms);
  if (problem !== null) return problem;
  let version: string;
  try {
    version = ((await docker.version()) as { readonly Version: string }).Version;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      available: false,
      reason: `no engine answers (${reason})`,
      hint: 'start Docker Engine, or set DOCKER_HOST',
    };
  }
  try {
    await docker.getImage(imageName).inspect();
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const hint = 'make it from Debian packages, as root: npm run image';
    return { available: false, reason: `Docker Engine ${version} has no image ${imageName}`, hint };
  }
  return { available: true, detail: `Docker Engine ${version}, image ${imageName}` };
};
