import { playbookFields, type PlaybookItem } from '../../../../model/playbook.ts';
import type { Result } from '../../../../model/run-result.ts';
import { Verdict } from '../parts/verdict.tsx';
import { formatHash } from '../routing/hash.ts';
import { routeTo, useReport } from '../report.ts';
import { LongLine } from '../text/long-line.tsx';
import { Section } from '../parts/section.tsx';
import { Text } from '../text/text.tsx';
import './playbook.css';

/** What the detections that answer an item say of this test. */
const Answers = ({ item, result }: { readonly item: PlaybookItem; readonly result: Result }) => {
  const { address } = useReport();
  const answers = result.detections.filter(({ id }) => item.detections.includes(id));
  if (answers.length === 0) return null;
  return (
    <ul class="plain answers">
      {answers.map(({ id, verdict }) => (
        <li>
          <Verdict of={verdict} />{' '}
          <a class="mono" href={formatHash({ ...address, line: null, route: routeTo.detection(result, id) })}>
            <Text of={id} />
          </a>
        </li>
      ))}
    </ul>
  );
};

/** The analyst's card of the test's technique; nothing where nobody wrote one. */
export const PlaybookSection = ({ result }: { readonly result: Result }) => {
  const { run } = useReport();
  const playbook = run.playbooks?.find(({ technique }) => technique === result.technique);
  if (playbook === undefined) return null;
  return (
    <Section
      title="Playbook"
      class="playbook"
      note={
        <>
          what an analyst does with an alert of it; <Text of={playbook.file} />
        </>
      }
    >
      {playbook.sections.map(({ field, items }) => (
        <div class="playbook-field">
          <h3>{playbookFields[field]}</h3>
          <ul>
            {items.map((item) => (
              <li>
                <LongLine text={item.text} limit={400} />
                <Answers item={item} result={result} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
};
