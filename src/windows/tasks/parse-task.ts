import { NotXml, parseXml } from '../../formats/windows-xml/parse-xml.ts';
import type { XmlElement } from '../../formats/windows-event/tree.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import {
  defaultSettings,
  instancePolicies,
  type ExecAction,
  type Settings,
  type TaskDefinition,
} from './definition.ts';
import { parseTriggers } from './parse-triggers.ts';
import { BadTask, child, childrenOf, flagOf, textOf } from './read-xml.ts';

/** Reads a task's XML. Throws BadTask where Windows refuses it, NotImplemented where only this persona does. */
export const parseTask = (xml: string): TaskDefinition => {
  const task = rootOf(xml);
  const principal = child(child(task, 'Principals'), 'Principal');
  const registration = child(task, 'RegistrationInfo');
  const actions = childrenOf(child(task, 'Actions'));
  if (actions.length === 0) throw new BadTask('Actions');
  const runLevel = textOf(principal, 'RunLevel') ?? 'LeastPrivilege';
  if (runLevel !== 'LeastPrivilege' && runLevel !== 'HighestAvailable') throw new BadTask(`RunLevel: ${runLevel}`);
  return {
    registration: {
      date: textOf(registration, 'Date'),
      author: textOf(registration, 'Author'),
      description: textOf(registration, 'Description'),
      uri: textOf(registration, 'URI'),
    },
    triggers: parseTriggers(child(task, 'Triggers')),
    principal: {
      userId: textOf(principal, 'UserId'),
      groupId: textOf(principal, 'GroupId'),
      logonType: textOf(principal, 'LogonType'),
      runLevel,
    },
    settings: parseSettings(child(task, 'Settings')),
    actions: actions.map(parseAction),
  };
};

const rootOf = (xml: string): XmlElement => {
  try {
    const root = parseXml(xml.replace(/^\uFEFF/, '').replace(/^\s*(<\?.*?\?>|<!--.*?-->|\s)*/s, ''));
    if (root.name !== 'Task') throw new BadTask(root.name);
    return root;
  } catch (error) {
    if (error instanceof NotXml) throw new BadTask(error.message);
    throw error;
  }
};

const parseAction = (action: XmlElement): ExecAction => {
  if (['ComHandler', 'SendEmail', 'ShowMessage'].includes(action.name))
    throw new NotImplemented(`a task's action of kind ${action.name}`);
  const command = textOf(action, 'Command');
  if (action.name !== 'Exec' || command === undefined) throw new BadTask(action.name);
  return { command, arguments: textOf(action, 'Arguments'), workingDirectory: textOf(action, 'WorkingDirectory') };
};

const parseSettings = (settings: XmlElement | undefined): Settings => {
  const flag = (name: string, otherwise: boolean): boolean => flagOf(settings, name, otherwise);
  const policy = textOf(settings, 'MultipleInstancesPolicy') ?? defaultSettings.multipleInstances;
  const multipleInstances = instancePolicies.find((one) => one === policy);
  if (multipleInstances === undefined) throw new BadTask(`MultipleInstancesPolicy: ${policy}`);
  return {
    multipleInstances,
    disallowStartIfOnBatteries: flag('DisallowStartIfOnBatteries', true),
    stopIfGoingOnBatteries: flag('StopIfGoingOnBatteries', true),
    allowHardTerminate: flag('AllowHardTerminate', true),
    startWhenAvailable: flag('StartWhenAvailable', false),
    runOnlyIfNetworkAvailable: flag('RunOnlyIfNetworkAvailable', false),
    allowStartOnDemand: flag('AllowStartOnDemand', true),
    enabled: flag('Enabled', true),
    hidden: flag('Hidden', false),
    runOnlyIfIdle: flag('RunOnlyIfIdle', false),
    wakeToRun: flag('WakeToRun', false),
    executionTimeLimit: textOf(settings, 'ExecutionTimeLimit') ?? defaultSettings.executionTimeLimit,
    priority: Number(textOf(settings, 'Priority') ?? defaultSettings.priority),
  };
};
