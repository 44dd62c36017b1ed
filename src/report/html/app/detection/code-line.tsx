import { count, shortCount } from '../facts/format.ts';
import type { Flow } from '../source/flow.ts';
import type { SourceLine } from '../source/source-lines.ts';
import { Text } from '../text/text.tsx';
import { River } from './river.tsx';

interface CodeLineProps {
  readonly line: SourceLine;
  readonly most: number;
  readonly hasFunnel: boolean;
  readonly targeted: boolean;
}

const Rows = ({ flow }: { readonly flow: Flow | null }) => {
  if (flow === null || flow.stages.length === 0) return null;
  const { rowsIn, rowsOut, springs } = flow;
  const exact = `${count(rowsIn)} in, ${count(rowsOut)} out`;
  // A source has nothing in: only what comes out of it is a number of its own.
  if (springs && rowsIn === rowsOut) return <span title={exact}>{shortCount(rowsOut)}</span>;
  return (
    <span title={exact} class={rowsIn === rowsOut ? 'same' : 'changed'}>
      <span class="rows-in">{shortCount(rowsIn)} → </span>
      <b>{shortCount(rowsOut)}</b>
    </span>
  );
};

const changes = (flow: Flow | null): boolean => flow !== null && flow.rowsIn !== flow.rowsOut;

export const CodeLine = ({ line, most, hasFunnel, targeted }: CodeLineProps) => (
  <tr
    class={['code-line', line.tone, changes(line.flow) && 'changes', targeted && 'targeted'].filter(Boolean).join(' ')}
    data-line={line.number}
    tabIndex={-1}
  >
    {hasFunnel ? (
      <>
        <td class="rows">
          <Rows flow={line.flow} />
        </td>
        <td class={line.flow === null ? 'river bare' : 'river'}>
          {line.flow === null ? null : <River flow={line.flow} most={most} />}
        </td>
      </>
    ) : null}
    <td class="number">{line.number}</td>
    <td class="text">
      <code>
        {line.segments.map((segment) => {
          const text = <Text of={segment.text} lines />;
          const piece = segment.kind === 'plain' ? text : <span class={`k-${segment.kind}`}>{text}</span>;
          return segment.marked ? <mark>{piece}</mark> : piece;
        })}
      </code>
    </td>
  </tr>
);
