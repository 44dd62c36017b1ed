/**
 * Tocsin as a library:
 *
 *     import { openEngine, runScenario, judge } from 'tocsin';
 *
 * `openEngine` answers queries over tables that you bring; `runScenario` drills a scenario in a sealed lab; `judge` judges a recording
 * again, without a lab.
 */
export {
  openEngine,
  type EngineSettings,
  type HuntAnswer,
  type HuntOptions,
  type LoadSettings,
  type QueryEngine,
} from './open-engine.ts';
export { judge, runScenario, type JudgeSettings, type ScenarioSettings } from './drill.ts';
export type { FinishedRun } from './run-scenario.ts';
export type { LoadedTable } from './engine/session.ts';
export type { QueryOutcome } from './engine/outcome.ts';
export type { QueryExplanation } from './engine/explain-query.ts';
export type { Cell } from '../query/engine.ts';
export type { Diagnostic } from '../model/diagnostic.ts';
export type { HuntCorrelationHit, HuntEventHit, HuntHit, HuntRule, HuntSummary } from '../model/hunt.ts';
export type { Language } from '../model/detection.ts';
export type { Place } from '../model/place.ts';
export type { Result, RunResult } from '../model/run-result.ts';
export type { ColumnInfo, ScalarType, TableInfo } from '../model/table.ts';
export type { DetectionResult, FunnelLine, Reason, SignalResult } from '../model/verdict.ts';
export { ContentError } from '../judge/content-error.ts';
export { HarnessError } from '../model/harness-error.ts';
