import { posix } from 'node:path';
import { technique as knownTechnique } from '../../attack/attack.ts';
import type { Detection } from '../../model/detection.ts';
import type { Diagnostic, Parsed } from '../../model/diagnostic.ts';
import { playbookFields, type Playbook, type PlaybookField } from '../../model/playbook.ts';
import { unlessErrors } from '../../util/parsed.ts';
import { suggestionHint } from '../../util/suggest.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';
import { playbookSchema } from './schema.ts';

const fields = Object.keys(playbookFields) as PlaybookField[];

/** An analyst's card (`playbooks/*.yaml`). `brokenTexts`: see Library. */
export const parsePlaybook = (
  file: string,
  text: string,
  detections: ReadonlyMap<string, Detection>,
  brokenTexts: readonly string[],
): Parsed<Playbook> => {
  const loaded = loadYaml(file, text, playbookSchema);
  if (!loaded.ok) return loaded;
  const yaml = loaded.value;
  const { technique, name } = yaml.value;
  const problems: Diagnostic[] = [];
  const stem = posix.basename(file, '.yaml');
  if (technique !== stem)
    problems.push(
      yaml.problem(['technique'], {
        code: 'playbook/not-file-name',
        message: `a playbook is called after its technique, and this file after "${stem}"`,
        hint: `call it ${technique}.yaml`,
      }),
    );
  else if (knownTechnique(technique) === undefined)
    problems.push(
      yaml.problem(['technique'], {
        code: 'playbook/unknown-technique',
        message: `ATT&CK has no technique ${technique}`,
      }),
    );
  const sections = fields.map((field) => ({ field, items: yaml.value[field] }));
  for (const { field, items } of sections)
    for (const [index, item] of items.entries())
      for (const [place, id] of item.detections.entries()) {
        if (detections.has(id) || brokenTexts.some((broken) => broken.includes(id))) continue;
        problems.push(
          yaml.problem([field, index, 'detections', place], {
            code: 'playbook/unknown-detection',
            message: `there is no detection "${id}"`,
            hint: suggestionHint(id, [...detections.keys()]),
          }),
        );
      }
  return unlessErrors({ technique, name, file, sections }, [...loaded.diagnostics, ...problems]);
};
