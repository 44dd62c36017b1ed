import { count } from '../facts/format.ts';
import { DiagnosticView } from '../parts/diagnostic.tsx';
import { Section } from '../parts/section.tsx';
import { useReport } from '../report.ts';
import { LongLine } from '../text/long-line.tsx';
import { Text } from '../text/text.tsx';
import './losses.css';

const NotLoaded = () => {
  const { notLoaded } = useReport().run;
  return (
    <div>
      <h3>
        Not loaded <b class="badge">{notLoaded.length}</b>
      </h3>
      {notLoaded.length === 0 ? <p class="note">Every file was loaded.</p> : null}
      {notLoaded.map((diagnostic) => (
        <DiagnosticView of={diagnostic} />
      ))}
    </div>
  );
};

const Lost = () => {
  const { losses } = useReport().run;
  return (
    <div>
      <h3>
        Lost or not understood <b class="badge">{count(losses.reduce((sum, loss) => sum + loss.count, 0))}</b>
      </h3>
      {losses.length === 0 ? <p class="note">No sensor or parser lost anything.</p> : null}
      <ul class="plain">
        {losses.map((loss) => (
          <li>
            <b>{count(loss.count)}</b> {loss.kind} · <Text of={loss.source} />
            {loss.host === null ? null : (
              <>
                {' '}
                on <Text of={loss.host} />
              </>
            )}
            <p class="note">
              <LongLine text={loss.detail} limit={300} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
};

const Left = () => {
  const { residue } = useReport().run;
  return (
    <div>
      <h3>
        Left behind <b class="badge">{residue.length}</b>
      </h3>
      {residue.length === 0 ? <p class="note">No process, mount, folder or network of the lab is left.</p> : null}
      <ul class="plain">
        {residue.map((item) => (
          <li>
            <b>{item.kind}</b> <Text of={item.name} />
            <p class="note">
              <LongLine text={item.detail} limit={300} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** What the run could not do. Said even when it is nothing. */
export const Losses = () => (
  <Section title="What is missing from this picture" class="losses">
    <div class="three-columns">
      <NotLoaded />
      <Lost />
      <Left />
    </div>
  </Section>
);
