import { findResult, useReport } from '../report.ts';
import { NotFound } from '../parts/not-found.tsx';
import { Section } from '../parts/section.tsx';
import { Cleanup } from './cleanup.tsx';
import { DetectionList } from './detection-list.tsx';
import { Execution } from './execution.tsx';
import { Output } from './output.tsx';
import { PlaybookSection } from './playbook-section.tsx';
import { SignalTable } from './signal-table.tsx';
import { TestHead } from './test-head.tsx';
import { TimelineView } from './timeline.tsx';
import './test-page.css';

/** One test: what ran, what it left behind, and who noticed. */
export const TestPage = ({ resultKey }: { readonly resultKey: string }) => {
  const { run } = useReport();
  const result = findResult(run, resultKey.toWellFormed());
  if (result === undefined) return <NotFound what="test" />;
  return (
    <>
      <TestHead result={result} />
      <Section title="Detections">
        <DetectionList result={result} />
      </Section>
      <Section title="Signals" note="what the test must leave behind">
        <SignalTable signals={result.signals} />
      </Section>
      <PlaybookSection result={result} />
      <Section
        title="Timeline"
        note="events that the signals matched, along the drill’s time; the shaded span is the test’s command"
      >
        <TimelineView result={result} />
      </Section>
      <Section title="What ran">
        <Execution result={result} />
      </Section>
      <Section title="What it printed">
        <Output executed={result.executed} />
      </Section>
      <Section title="Cleanup">
        <Cleanup cleanup={result.cleanup} />
      </Section>
    </>
  );
};
