import { join } from 'node:path';
import { isError } from '../../model/diagnostic.ts';
import { plural } from '../../util/plural.ts';
import { loadProject } from '../load-project.ts';
import { messageOf, ok, type Check } from './check.ts';

/** Which project was found, from where, and whether it loads. */
export const checkProject = async (root: string, cwd: string): Promise<Check> => {
  const why =
    root === cwd
      ? 'this folder'
      : cwd.startsWith(join(root, '/'))
        ? 'the nearest folder upward with scenarios or a tocsin.yaml'
        : 'the one that comes with Tocsin';
  try {
    const { counts, diagnostics } = await loadProject(root, null);
    const problems = diagnostics.filter(isError).length;
    const detail = `${root} (${why}): ${plural(counts.atomics, 'atomic')}, ${plural(counts.detections, 'detection')}, ${plural(counts.scenarios, 'scenario')}`;
    if (problems === 0) return ok('project', detail);
    return {
      name: 'project',
      status: 'limited',
      detail: `${detail}; ${plural(problems, 'problem')}`,
      fix: 'see them: tocsin check',
    };
  } catch (error) {
    return { name: 'project', status: 'limited', detail: `${root}: ${messageOf(error)}`, fix: 'see: tocsin check' };
  }
};

/** Which of the settings decided about color. */
export const checkColor = (env: Readonly<Record<string, string | undefined>>, color: boolean): Check => {
  const set = ['NO_COLOR', 'FORCE_COLOR'].find((name) => (env[name] ?? '') !== '');
  return ok(
    'color',
    `${color ? 'on' : 'off'}, decided by ${set === undefined ? '--color, else the terminal' : `--color, else ${set}`}`,
  );
};
