import { join } from 'node:path';
import { readRun, runIds } from '../../api/find-run.ts';
import { technique, techniques } from '../../attack/attack.ts';
import type { Content } from '../../content/content.ts';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { suggest } from '../../util/suggest.ts';
import { showAtomic } from './show-atomic.ts';
import { showDetection, showScenario } from './show-content.ts';
import { showRun } from './show-run.ts';
import { showTechnique } from './show-technique.ts';
import type { Shown } from './shown.ts';

/** Whatever has this id, in this order: test (`T1571-1` or GUID), technique, detection, scenario, run. Throws `content/no-such-id`. */
export const findShown = async (wanted: string, content: Content, reports: string): Promise<Shown> => {
  const id = wanted.toLowerCase();
  const atomics = [...content.atomics.values()];
  const atomic = atomics.find((one) =>
    [one.guid, `${one.technique}-${one.number}`].some((name) => name.toLowerCase() === id),
  );
  if (atomic !== undefined) return showAtomic(content, atomic);
  const known = technique(wanted.toUpperCase());
  if (known !== undefined) return showTechnique(content, known);
  const detection = content.detections.get(wanted);
  if (detection !== undefined) return showDetection(detection);
  const scenario = content.scenarios.get(wanted);
  if (scenario !== undefined) return showScenario(content, scenario);
  const runs = await runIds(reports);
  if (runs.includes(wanted)) return showRun(await readRun(join(reports, wanted)));
  throw unknown(wanted, [
    ...atomics.flatMap((one) => [one.guid, `${one.technique}-${one.number}`]),
    ...content.detections.keys(),
    ...content.scenarios.keys(),
    ...runs,
    ...techniques.map((one) => one.id),
  ]);
};

const unknown = (wanted: string, candidates: readonly string[]): HarnessError => {
  const meant = suggest(wanted, candidates);
  return new HarnessError(`nothing here has the id ${JSON.stringify(wanted)}`, {
    code: 'content/no-such-id',
    exitCode: exitCode.usage,
    hint:
      meant === null
        ? 'see: tocsin list atomics, scenarios, detections, techniques or runs'
        : `did you mean "${meant}"?`,
  });
};
