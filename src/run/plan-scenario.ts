import type { Content } from '../content/content.ts';
import { askedPackages } from '../content/atomics/asked-packages.ts';
import { renderCommand } from '../content/atomics/render-command.ts';
import { resolveInputs } from '../content/atomics/resolve-inputs.ts';
import { signalsOf } from '../content/signals-of.ts';
import type { Activity } from '../model/activity.ts';
import type { Scenario, Variant } from '../model/scenario.ts';
import { plainSetup, type TestSetup } from '../model/test-setup.ts';
import type { HostSpec, Topology } from '../model/topology.ts';
import { withDirectory } from './directory.ts';
import { withFreshHosts } from './fresh-hosts.ts';
import { clockPackage } from './time-scale.ts';
import { expectedSeconds, type DrillPlan, type PlannedBackground, type PlannedVariant } from './plan.ts';
import { playedPrograms } from './played-programs.ts';

/** Where a host has the atomics' own files, as Invoke-AtomicTest places them. */
const atomicsFolder = { linux: '/tmp/AtomicRedTeam/atomics', windows: 'C:\\AtomicRedTeam\\atomics' } as const;

/** Looks everything up and puts every input in. Content that loaded without errors has no reference that fails here. */
export const planScenario = (content: Content, scenario: Scenario): DrillPlan => {
  const declared = found(content.topologies.get(scenario.topology), `topology ${scenario.topology}`);
  const { topology: placed, variants: started } = scenario.freshHosts
    ? withFreshHosts(
        declared,
        scenario.variants.map((variant) => ({ variant, runsOn: setupOf(content, variant.atomic).runsOn })),
      )
    : { topology: declared, variants: scenario.variants };
  const { topology, variants } = withDirectory(placed, started, content.directory);
  const planned = variants.map((variant) => planVariant(content, topology, scenario.timeScale, variant));
  const background = planBackground(content, scenario, planned);
  return {
    scenario,
    topology,
    hosts: usedHosts(topology, variants),
    variants: planned,
    played: playedOn(planned, background),
    background,
  };
};

const planBackground = (
  content: Content,
  { background }: Scenario,
  planned: readonly PlannedVariant[],
): readonly PlannedBackground[] => {
  const hosts = new Set(planned.flatMap(({ host }) => (host.persona === 'windows' ? [host.name] : [])));
  const activities = background.map((guid) => found(content.atomics.get(guid)?.activity, `activity ${guid}`));
  return [...hosts].flatMap((host) => activities.map((activity) => ({ host, activity })));
};

const playedOn = (
  planned: readonly PlannedVariant[],
  background: readonly PlannedBackground[],
): DrillPlan['played'] => {
  const programs = [
    ...planned.flatMap(({ atomic: { activity }, host, inputs }) =>
      activity === undefined
        ? []
        : playedPrograms(activity, Number(inputs['polls'])).map((program) => ({ host: host.name, program })),
    ),
    ...background.flatMap(({ host, activity }) => playedPrograms(activity, null).map((program) => ({ host, program }))),
  ];
  const byHost = Map.groupBy(programs, ({ host }) => host);
  return new Map([...byHost].map(([host, all]) => [host, all.map(({ program }) => program)]));
};

const setupOf = (content: Content, guid: string): TestSetup => content.setups.get(guid) ?? plainSetup;

const planVariant = (content: Content, topology: Topology, timeScale: number, variant: Variant): PlannedVariant => {
  const atomic = found(content.atomics.get(variant.atomic), `atomic ${variant.atomic}`);
  const { runsOn, software: needed } = setupOf(content, atomic.guid);
  const name = variant.roles[runsOn];
  const host = found(
    topology.hosts.find((candidate) => candidate.name === name),
    `host ${name ?? `for role ${runsOn}`}`,
  );
  const isFaked = timeScale !== 1 && host.persona === 'linux';
  const { inputs } = resolveInputs(atomic, variant.inputs);
  const render = (text: string): string => renderCommand(text, inputs, atomicsFolder[host.persona]);
  const signals = signalsOf(content, atomic, inputs);
  const { executor } = atomic;
  const manual = executor.name === 'manual';
  const prerequisites = atomic.dependencies.map((dependency) => ({
    description: render(dependency.description),
    executor: atomic.dependencyExecutor ?? executor.name,
    check: render(dependency.prereqCommand),
    get: dependency.getPrereqCommand === null ? null : render(dependency.getPrereqCommand),
  }));
  const asked = host.persona === 'linux' ? prerequisites.flatMap(({ get }) => askedPackages(get ?? '')) : [];
  return {
    variant,
    atomic,
    host,
    inputs,
    executor: executor.name,
    command: manual ? null : render(executor.command),
    cleanupCommand: manual || executor.cleanupCommand === null ? null : render(executor.cleanupCommand),
    prerequisites,
    software: { needed: [...needed, ...(isFaked ? [clockPackage] : [])], asked },
    signals,
    expectedSeconds:
      atomic.activity === undefined ? expectedSeconds(signals, timeScale) : lasts(atomic.activity, inputs) / timeScale,
  };
};

const lasts = ({ polls }: Activity, inputs: Readonly<Record<string, string>>): number =>
  polls.everySeconds * (Number(inputs['polls']) - 1);

const usedHosts = (topology: Topology, variants: readonly Variant[]): readonly HostSpec[] => {
  const used = new Set(
    variants.flatMap(({ roles, services }) => [...Object.values(roles), ...services.map(({ host }) => host)]),
  );
  for (const { name, always } of topology.hosts) if (always === true) used.add(name);
  const zones = topology.hosts.filter(({ name }) => used.has(name)).map(({ zone }) => zone);
  const resolvers = topology.zones.filter(({ name }) => zones.includes(name)).map(({ resolver }) => resolver);
  return topology.hosts.filter(({ name, address }) => used.has(name) || resolvers.includes(address));
};

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`${what} was checked when it was loaded, and is not there`);
  return value;
};
