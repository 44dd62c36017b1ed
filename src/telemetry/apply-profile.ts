import type { SensorProfile } from './profile.ts';
import type { BranchSpec, TableSpec } from './table-spec.ts';

/** A branch whose option is off has no rows whatever happens, and no sensor feeds it. */
const applyTo = (branch: BranchSpec, { name, options }: SensorProfile): BranchSpec => {
  const option = branch.needs?.option ?? null;
  if (option === null || options[option]?.value === true) return branch;
  return { ...branch, where: 'false', off: `the sensor profile ${name} leaves ${option} off` };
};

/** A table as fleets that are set up like this one have it. */
export const applyProfile = (spec: TableSpec, profile: SensorProfile): TableSpec => ({
  ...spec,
  branches: spec.branches.map((branch) => applyTo(branch, profile)),
});
