import type { Executed } from '../../../../model/run-result.ts';
import { LongText } from '../text/long-text.tsx';

const Stream = ({ name, text }: { readonly name: string; readonly text: string }) => (
  <div>
    <h3>{name}</h3>
    {text === '' ? <p class="note">nothing</p> : <LongText text={text} label={name} />}
  </div>
);

export const Output = ({ executed }: { readonly executed: Executed }) => (
  <div class="streams">
    <Stream name="Standard output" text={executed.stdout} />
    <Stream name="Standard error" text={executed.stderr} />
  </div>
);
