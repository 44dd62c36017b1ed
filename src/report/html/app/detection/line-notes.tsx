import type { ComponentChildren } from 'preact';
import { DiagnosticView } from '../parts/diagnostic.tsx';
import type { Flow } from '../source/flow.ts';
import type { SourceLine } from '../source/source-lines.ts';
import { BlockerNote } from './blocker-note.tsx';
import { ConjunctTable } from './conjunct-table.tsx';
import { River } from './river.tsx';

interface LineNotesProps {
  readonly line: SourceLine;
  readonly most: number;
  readonly hasFunnel: boolean;
}

/** The river runs on behind a note, as wide as it left the line. */
const onward = (flow: Flow): Flow => ({ ...flow, rowsIn: flow.rowsOut, stages: [], springs: false });

/** What is said of a line, under it: conjuncts, blockers, errors. */
export const LineNotes = ({ line, most, hasFunnel }: LineNotesProps) => {
  const notes: readonly ComponentChildren[] = [
    ...line.conjuncts.map((conjuncts) => <ConjunctTable conjuncts={conjuncts} />),
    ...line.blockers.map((blocker) => <BlockerNote of={blocker} />),
    ...line.diagnostics.map((diagnostic) => <DiagnosticView of={diagnostic} excerpt={false} />),
  ];
  if (notes.length === 0) return null;
  return (
    <tr class="note-line">
      {hasFunnel ? (
        <>
          <td class="rows" />
          <td class={line.flow === null ? 'river bare' : 'river'}>
            {line.flow === null ? null : <River flow={onward(line.flow)} most={most} />}
          </td>
        </>
      ) : null}
      <td class="number" />
      <td class="text">{notes}</td>
    </tr>
  );
};
