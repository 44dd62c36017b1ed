import { areRelated } from '../../attack/attack.ts';
import type { Detection } from '../../model/detection.ts';
import type { DetectionExpectation } from '../../model/scenario.ts';
import type { Subject } from './subject.ts';
import type { Facts } from './verdict.ts';

/** Whether a detection may, or must, stay silent on the variant. */
export const silenceOf = (
  { benign, technique }: Subject,
  { techniques }: Detection,
  expectation: DetectionExpectation | null,
): Pick<Facts, 'mustNotFire' | 'silenceExpected'> => {
  const mustNotFire = benign || expectation?.verdict === 'quiet' || expectation?.verdict === 'noisy';
  const claimed = techniques.some((id) => areRelated(id, technique));
  return { mustNotFire, silenceExpected: mustNotFire || (expectation === null && !claimed) };
};
