import { HarnessError } from '../../model/harness-error.ts';
import type { RunResult } from '../../model/run-result.ts';
import { jsonIsland } from './json-island.ts';
import { dataPlaceholder } from './template.ts';

/**
 * One self-contained page: `template` (the text of `reportTemplateFile`, made by `npm run build`) with the run inside.
 * Throws HarnessError `report/template` when the template is not one.
 */
export const renderHtml = (result: RunResult, template: string): string => {
  const parts = template.split(dataPlaceholder);
  if (parts.length !== 2) {
    throw new HarnessError(`the report template must hold its placeholder once, not ${parts.length - 1} times`, {
      code: 'report/template',
      hint: 'Run `npm run build`.',
    });
  }
  // Joined, not replaced: `$&` in telemetry means nothing here.
  return parts.join(jsonIsland(result));
};
