import type { Diagnostic } from '../../../model/diagnostic.ts';
import { placeInText, type Place } from '../../../model/place.ts';
import type { QueryText } from '../../plan/place-of.ts';
import type { SigmaCollection } from '../collection/collection.ts';
import { loadSigma } from '../collection/load-sigma.ts';

/** The documents of a text. What is said of them has its place in the file that the text stands in. */
export const loadText = (query: QueryText): SigmaCollection => {
  const collection = loadSigma([{ file: query.origin.file, text: query.text }]);
  return { ...collection, diagnostics: collection.diagnostics.map((one) => moved(one, query)) };
};

/** Places are found in the rule's text; the text may stand within a file. */
const moved = (diagnostic: Diagnostic, { origin }: QueryText): Diagnostic => {
  const { place } = diagnostic;
  return place === undefined ? diagnostic : { ...diagnostic, place: movedPlace(place, origin) };
};

const movedPlace = (place: Place, origin: QueryText['origin']): Place => {
  const { endLine, endColumn } = place;
  return placeInText(
    origin,
    place,
    endLine === undefined || endColumn === undefined ? null : { line: endLine, column: endColumn },
  );
};
