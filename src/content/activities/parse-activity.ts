import { posix } from 'node:path';
import { commandLineOf, type Activity } from '../../model/activity.ts';
import type { Atomic } from '../../model/atomic.ts';
import type { Parsed } from '../../model/diagnostic.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';
import type { SignalTemplate } from '../signals/signal-template.ts';
import { signalsOfActivity } from './signals-of-activity.ts';
import { activitySchema } from './schema.ts';

/** Rules count by the hour, and Sumo's by the hours in which something happened. */
const usualSeconds = 7200;

/** An activity, as a test and its signals: it is run and judged as one, and is no attack. */
export interface ParsedActivity {
  readonly test: Atomic;
  readonly signals: readonly SignalTemplate[];
}

/** `benign/*.yaml`. */
export const parseActivity = (file: string, text: string): Parsed<ParsedActivity> => {
  const loaded = loadYaml(file, text, activitySchema);
  if (!loaded.ok) return loaded;
  const yaml = loaded.value;
  const { name, guid, kind, description, program, polls, documented } = yaml.value;
  const activity: Activity = {
    id: posix.basename(file, '.yaml'),
    guid,
    kind,
    file: program,
    arguments: yaml.value.arguments,
    polls: { url: polls.url, everySeconds: polls.every, connection: polls.connection },
    startedBy: yaml.value.started_by ?? null,
    documented: { pace: documented.pace, source: documented.source, assumed: documented.assumed ?? null },
  };
  const place = yaml.place(['name']);
  return {
    ...loaded,
    value: { test: testOf(activity, name, description, place), signals: signalsOfActivity(activity, place) },
  };
};

// The outer quotes are what `cmd /c` takes away from a line that has others inside.
const commandOf = ({ file, arguments: given, startedBy }: Activity): string =>
  `"${startedBy === null ? commandLineOf(file, given) : commandLineOf(startedBy, '')}"`;

const testOf = (activity: Activity, name: string, description: string, place: Atomic['place']): Atomic => ({
  technique: 'benign',
  techniqueName: activity.kind,
  number: 1,
  guid: activity.guid,
  name,
  description,
  platforms: ['windows'],
  inputs: [
    {
      name: 'polls',
      description: 'How often it polls, the first time at once; two hours of it when not said',
      type: 'integer',
      default: Math.floor(usualSeconds / activity.polls.everySeconds) + 1,
    },
  ],
  dependencyExecutor: null,
  dependencies: [],
  executor: {
    name: 'command_prompt',
    elevationRequired: false,
    command: commandOf(activity),
    cleanupCommand: null,
  },
  place,
  activity,
});
