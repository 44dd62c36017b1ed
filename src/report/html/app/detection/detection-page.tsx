import { NotFound } from '../parts/not-found.tsx';
import { findResult, useReport } from '../report.ts';
import { Aside } from './aside.tsx';
import { DetectionHead } from './detection-head.tsx';
import { FiredRows } from './fired-rows.tsx';
import { Glance } from './glance.tsx';
import { SourceSection } from './source-section.tsx';
import './detection-page.css';

interface DetectionPageProps {
  readonly resultKey: string;
  readonly id: string;
}

/** One detection on one test: its own text, and where the rows went in it. */
export const DetectionPage = ({ resultKey, id }: DetectionPageProps) => {
  const { run } = useReport();
  const result = findResult(run, resultKey.toWellFormed());
  const detection = result?.detections.find((candidate) => candidate.id.toWellFormed() === id.toWellFormed());
  if (result === undefined || detection === undefined) return <NotFound what="detection" />;
  return (
    <>
      <DetectionHead result={result} detection={detection} />
      <div class="detection-body">
        <div class="detection-main">
          <Glance result={result} detection={detection} />
          <FiredRows detection={detection} />
          <SourceSection detection={detection} />
        </div>
        <Aside result={result} detection={detection} />
      </div>
    </>
  );
};
