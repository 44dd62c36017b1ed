import type { Mark } from '../../../../model/persona.ts';
import type { RunResult } from '../../../../model/run-result.ts';
import { plural } from '../facts/format.ts';
import { markMeaning } from '../facts/words.ts';
import { Marks } from '../parts/marks.tsx';
import { Section } from '../parts/section.tsx';
import { useReport } from '../report.ts';

/** Every mark of the run, with how many verdicts (of detections and signals) carry it. */
const markCounts = (run: RunResult): ReadonlyMap<Mark, number> => {
  const counts = new Map<Mark, number>();
  for (const result of run.results) {
    for (const mark of result.marks) counts.set(mark, counts.get(mark) ?? 0);
    for (const judged of [...result.detections, ...result.signals]) {
      for (const mark of new Set(judged.marks)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
    }
  }
  return counts;
};

export const MarksLegend = () => {
  const counts = markCounts(useReport().run);
  return (
    <Section title="Marks">
      {counts.size === 0 ? <p class="note">No verdict rests on anything but the plain real thing.</p> : null}
      <dl class="marks-legend">
        {[...counts].map(([mark, verdicts]) => (
          <div>
            <dt>
              <Marks marks={[mark]} />
            </dt>
            <dd>
              {markMeaning[mark]} <span class="note">On {plural(verdicts, 'verdict')}.</span>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
};
