import { markerVariable } from '../in-host.ts';
import type { HostSpec } from '../../model/topology.ts';
import type { Step } from '../../model/step.ts';
import { homeOf, loginOf } from './users.ts';

/** The whole environment of a command: nothing of the machine's, what a login gives, what the caller asks for, the marker. */
export const commandEnvironment = (
  spec: HostSpec,
  step: Step,
  asked: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => ({
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: homeOf(spec),
  USER: loginOf(spec),
  LOGNAME: loginOf(spec),
  SHELL: '/bin/bash',
  LANG: 'C.UTF-8',
  ...asked,
  [markerVariable]: step.id,
});
