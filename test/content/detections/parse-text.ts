import { expect } from 'chai';
import { parseDocuments } from '../../../src/content/detections/parse-documents.ts';
import type { Detection } from '../../../src/model/detection.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';

export interface ParsedText {
  readonly detections: readonly Detection[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Everything that a file says. */
export const parseText = (file: string, text: string): ParsedText => {
  const parsed = parseDocuments(file, text, { notRecognized: 'warning' });
  return {
    detections: parsed.flatMap((one) => (one.ok && one.value !== null ? [one.value.detection] : [])),
    diagnostics: parsed.flatMap(({ diagnostics }) => diagnostics),
  };
};

/** The one detection of a file without a problem. */
export const parseGood = (file: string, text: string): Detection => {
  const { detections, diagnostics } = parseText(file, text);
  const [detection] = detections;
  if (detection === undefined || detections.length !== 1 || diagnostics.length > 0)
    return expect.fail(JSON.stringify({ detections: detections.length, diagnostics }, null, 2));
  return detection;
};
