import type { Diagnostic } from '../../../../model/diagnostic.ts';
import { LongLine } from '../text/long-line.tsx';
import { Text } from '../text/text.tsx';
import './diagnostic.css';

const Excerpt = ({ text, column }: { readonly text: string; readonly column: number }) => (
  <pre class="excerpt">
    <LongLine text={text} limit={400} />
    {'\n'}
    {column <= 400 ? `${text.slice(0, column - 1).replace(/[^\t]/g, ' ')}^` : null}
  </pre>
);

/** One problem in a file that people wrote, with its place and what to do. */
export const DiagnosticView = ({ of, excerpt = true }: { readonly of: Diagnostic; readonly excerpt?: boolean }) => (
  <div class={`diagnostic ${of.severity}`}>
    <p>
      <code class="code">
        <Text of={of.code} />
      </code>{' '}
      <Text of={of.message} />
    </p>
    {of.place === undefined ? null : (
      <p class="where mono">
        <Text of={of.place.file} />:{of.place.line}:{of.place.column}
      </p>
    )}
    {excerpt && of.excerpt !== undefined && of.place !== undefined ? (
      <Excerpt text={of.excerpt} column={of.place.column} />
    ) : null}
    {of.hint === undefined ? null : (
      <p class="hint">
        <Text of={of.hint} />
      </p>
    )}
  </div>
);
