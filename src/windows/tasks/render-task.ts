import type { Settings, TaskDefinition, Trigger } from './definition.ts';
import { optional, renderXml, type XmlTree } from './xml-text.ts';
import { months } from '../../util/calendar.ts';

const namespace = 'http://schemas.microsoft.com/windows/2004/02/mit/task';

/** The task's XML, in the order of [MS-TSCH]'s schema: what 4698 logs and what the file below System32\Tasks holds. */
export const renderTask = ({ registration, triggers, principal, settings, actions }: TaskDefinition): string => {
  const { date, author, description, uri } = registration;
  const tree: XmlTree[] = [
    [
      'RegistrationInfo',
      [
        ...optional('Date', date),
        ...optional('Author', author),
        ...optional('Description', description),
        ...optional('URI', uri),
      ],
    ],
    ['Triggers', triggers.map(renderTrigger)],
    [
      'Principals',
      [
        [
          'Principal id="Author"',
          [
            ...optional('GroupId', principal.groupId),
            ...optional('UserId', principal.userId),
            ...optional('LogonType', principal.logonType),
            ['RunLevel', principal.runLevel],
          ],
        ],
      ],
    ],
    ['Settings', renderSettings(settings)],
    [
      'Actions Context="Author"',
      actions.map((action): XmlTree => [
        'Exec',
        [
          ['Command', action.command],
          ...optional('Arguments', action.arguments),
          ...optional('WorkingDirectory', action.workingDirectory),
        ],
      ]),
    ],
  ];
  const text = renderXml([[`Task version="1.2" xmlns="${namespace}"`, tree]]);
  return `<?xml version="1.0" encoding="UTF-16"?>\r\n${text.trimEnd()}`;
};

const elementOf: Readonly<Record<Trigger['kind'], string>> = {
  time: 'TimeTrigger',
  daily: 'CalendarTrigger',
  weekly: 'CalendarTrigger',
  monthly: 'CalendarTrigger',
  logon: 'LogonTrigger',
  boot: 'BootTrigger',
  registration: 'RegistrationTrigger',
  idle: 'IdleTrigger',
  event: 'EventTrigger',
};

const renderTrigger = (trigger: Trigger): XmlTree => {
  const { repetition } = trigger;
  return [
    elementOf[trigger.kind],
    [
      ...(repetition === undefined
        ? []
        : [
            [
              'Repetition',
              [
                ['Interval', repetition.interval],
                ...optional('Duration', repetition.duration),
                ['StopAtDurationEnd', repetition.stopAtEnd],
              ],
            ] as XmlTree,
          ]),
      ...optional('StartBoundary', trigger.start),
      ...optional('EndBoundary', trigger.end),
      ['Enabled', trigger.enabled],
      ...renderSchedule(trigger),
      ...optional('Delay', trigger.delay),
    ],
  ];
};

const renderSchedule = (trigger: Trigger): XmlTree[] => {
  switch (trigger.kind) {
    case 'daily':
      return [['ScheduleByDay', [['DaysInterval', trigger.every]]]];
    case 'weekly':
      return [
        [
          'ScheduleByWeek',
          [
            ['WeeksInterval', trigger.every],
            ['DaysOfWeek', trigger.days.map((day): XmlTree => [day, []])],
          ],
        ],
      ];
    case 'monthly':
      return [
        [
          'ScheduleByMonth',
          [
            ['Months', trigger.months.map((month): XmlTree => [months[month - 1] ?? '', []])],
            ['DaysOfMonth', trigger.days.map((day): XmlTree => ['Day', day === 'last' ? 'Last' : day])],
          ],
        ],
      ];
    case 'logon':
      return optional('UserId', trigger.user);
    case 'event':
      return [['Subscription', trigger.subscription]];
    case 'time':
    case 'boot':
    case 'registration':
    case 'idle':
      return [];
  }
};

const renderSettings = (settings: Settings): XmlTree[] => [
  ['MultipleInstancesPolicy', settings.multipleInstances],
  ['DisallowStartIfOnBatteries', settings.disallowStartIfOnBatteries],
  ['StopIfGoingOnBatteries', settings.stopIfGoingOnBatteries],
  ['AllowHardTerminate', settings.allowHardTerminate],
  ['StartWhenAvailable', settings.startWhenAvailable],
  ['RunOnlyIfNetworkAvailable', settings.runOnlyIfNetworkAvailable],
  [
    'IdleSettings',
    [
      ['Duration', 'PT10M'],
      ['WaitTimeout', 'PT1H'],
      ['StopOnIdleEnd', true],
      ['RestartOnIdle', false],
    ],
  ],
  ['AllowStartOnDemand', settings.allowStartOnDemand],
  ['Enabled', settings.enabled],
  ['Hidden', settings.hidden],
  ['RunOnlyIfIdle', settings.runOnlyIfIdle],
  ['WakeToRun', settings.wakeToRun],
  ['ExecutionTimeLimit', settings.executionTimeLimit],
  ['Priority', settings.priority],
];
