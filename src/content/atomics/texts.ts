import type { Atomic } from '../../model/atomic.ts';
import type { Path } from '../../util/yaml/locate.ts';

/** Every text of a test into which inputs are put, with its path below the test. */
export const textsOf = ({ executor, dependencies }: Atomic): readonly { readonly path: Path; readonly text: string }[] =>
  [
    ...(executor.name === 'manual'
      ? [{ path: ['executor', 'steps'], text: executor.steps }]
      : [
          { path: ['executor', 'command'], text: executor.command },
          { path: ['executor', 'cleanup_command'], text: executor.cleanupCommand },
        ]),
    ...dependencies.flatMap((dependency, index) => [
      { path: ['dependencies', index, 'description'], text: dependency.description },
      { path: ['dependencies', index, 'prereq_command'], text: dependency.prereqCommand },
      { path: ['dependencies', index, 'get_prereq_command'], text: dependency.getPrereqCommand },
    ]),
  ].flatMap(({ path, text }) => (text === null ? [] : [{ path, text }]));
