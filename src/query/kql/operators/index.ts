import type { Stage } from '../../plan/stage.ts';
import { refuseTable } from '../plan-table.ts';
import type { Node } from '../kusto.ts';
import type { Planning } from '../planning.ts';
import type { Scope } from '../scope.ts';
import { planAs, planConsume, planSerialize } from './pass-through.ts';
import { planCount } from './count.ts';
import { planDistinct } from './distinct.ts';
import { planExtend, planPrint, planProject } from './extend.ts';
import { planFilter } from './filter.ts';
import { planFind } from './find.ts';
import { planJoin, planLookup } from './join.ts';
import { planGetSchema } from './getschema.ts';
import { planMakeSeries } from './make-series.ts';
import { planMvApply } from './mv-apply.ts';
import { planMvExpand } from './mv-expand.ts';
import { planParse, planParseKv } from './parse.ts';
import { planPartition } from './partition.ts';
import { planSample, planSampleDistinct, planTopHitters } from './sample.ts';
import { planScan } from './scan.ts';
import { planSearch } from './search.ts';
import { planTopNested } from './top-nested.ts';
import { planEvaluate } from './evaluate.ts';
import { planInvoke } from './invoke.ts';
import { planProjectByPattern, planProjectRename } from './project-columns.ts';
import { planRange } from './range.ts';
import { planFacet, planFork } from './several-results.ts';
import { planSort, planTake, planTop } from './sort.ts';
import { planSummarize } from './summarize.ts';
import { planUnion } from './union.ts';

/** Plans one operator over its input (null for operators that begin a query). `scope.row` holds the input's columns. */
export type PlanOperator = (planning: Planning, node: Node, scope: Scope, input: Stage) => Stage;
export type PlanSource = (planning: Planning, node: Node, scope: Scope, input: Stage | null) => Stage;

const operators: Readonly<Record<string, PlanOperator>> = {
  FilterOperator: planFilter,
  ExtendOperator: planExtend,
  ProjectOperator: planProject,
  ProjectAwayOperator: planProjectByPattern,
  ProjectKeepOperator: planProjectByPattern,
  ProjectReorderOperator: planProjectByPattern,
  ProjectRenameOperator: planProjectRename,
  SummarizeOperator: planSummarize,
  CountOperator: planCount,
  DistinctOperator: planDistinct,
  SortOperator: planSort,
  TopOperator: planTop,
  TakeOperator: planTake,
  JoinOperator: planJoin,
  LookupOperator: planLookup,
  MvExpandOperator: planMvExpand,
  MvApplyOperator: planMvApply,
  ParseOperator: planParse,
  ParseWhereOperator: planParse,
  ParseKvOperator: planParseKv,
  PartitionOperator: planPartition,
  MakeSeriesOperator: planMakeSeries,
  TopNestedOperator: planTopNested,
  TopHittersOperator: planTopHitters,
  SampleOperator: planSample,
  SampleDistinctOperator: planSampleDistinct,
  GetSchemaOperator: planGetSchema,
  InvokeOperator: planInvoke,
  EvaluateOperator: planEvaluate,
  ScanOperator: planScan,
  ForkOperator: planFork,
  FacetOperator: planFacet,
  AsOperator: planAs,
  SerializeOperator: planSerialize,
  ConsumeOperator: planConsume,
  RenderOperator: (_planning, _node, _scope, input) => input,
};

const sources: Readonly<Record<string, PlanSource>> = {
  PrintOperator: planPrint,
  RangeOperator: planRange,
  UnionOperator: planUnion,
  SearchOperator: planSearch,
  FindOperator: planFind,
};

/** Operators that keep to the groups of a subquery which runs once for each. */
const runsPerGroup: ReadonlySet<string> = new Set([
  'FilterOperator',
  'ExtendOperator',
  'ProjectOperator',
  'ProjectAwayOperator',
  'ProjectKeepOperator',
  'ProjectReorderOperator',
  'ProjectRenameOperator',
  'SummarizeOperator',
  'CountOperator',
  'DistinctOperator',
  'SortOperator',
  'TopOperator',
  'TakeOperator',
  'JoinOperator',
  'LookupOperator',
  'MvExpandOperator',
  'MvApplyOperator',
  'ParseOperator',
  'ParseWhereOperator',
  'ParseKvOperator',
  'MakeSeriesOperator',
  'SampleOperator',
  'SampleDistinctOperator',
  'ScanOperator',
  'SerializeOperator',
  'ConsumeOperator',
  'RenderOperator',
]);

export const planOperator: PlanSource = (planning, node, scope, input) => {
  const kind = planning.kindOf(node);
  const source = sources[kind];
  if (source !== undefined) {
    // Piped into, a union or a search would lose which group its rows belong to.
    return scope.within.length > 0 && input !== null
      ? refuseTable(planning, node, scope, `${constructName(kind)} inside a subquery of mv-apply or partition`)
      : source(planning, node, scope, input);
  }
  const operator = operators[kind];
  if (scope.within.length > 0 && !runsPerGroup.has(kind) && operator !== undefined) {
    return refuseTable(planning, node, scope, `${constructName(kind)} inside a subquery of mv-apply or partition`);
  }
  if (operator === undefined || input === null) return refuseTable(planning, node, scope, constructName(kind));
  return operator(planning, node, scope, input);
};

/** Kinds of operators that are supported. */
export const operatorKinds: ReadonlySet<string> = new Set([...Object.keys(operators), ...Object.keys(sources)]);

/** `MakeSeriesOperator` → `make-series`. */
export const constructName = (kind: string): string =>
  kind
    .replace(/(Operator|Expression)$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase();
