import type { EventAction, LabEvent } from '../../model/event.ts';

type Ocsf = Pick<LabEvent, 'ocsf.class_uid' | 'ocsf.activity_id'>;

const ocsf = (classUid: number, activityId: number): Ocsf => ({
  'ocsf.class_uid': classUid,
  'ocsf.activity_id': activityId,
});

/** Open Cybersecurity Schema Framework 1.x: the class and activity of an action, where one is clear. */
export const ocsfOf = (action: EventAction): Ocsf => classes[action];

const classes: Readonly<Record<EventAction, Ocsf>> = {
  'process-start': ocsf(1007, 1),
  'process-end': ocsf(1007, 2),
  connect: ocsf(4001, 1),
  accept: ocsf(4001, 1),
  listen: ocsf(4001, 7),
  'network-flow': ocsf(4001, 6),
  'flow-routed': ocsf(4001, 6),
  bind: {},
  'dns-query': ocsf(4003, 1),
  'file-create': ocsf(1001, 1),
  'file-write': ocsf(1001, 3),
  'file-delete': ocsf(1001, 4),
  'file-rename': ocsf(1001, 5),
  'file-chmod': ocsf(1001, 6),
  'directory-create': ocsf(1001, 1),
  'log-record': {},
  'audit-record': {},
  'syslog-message': {},
  'name-served': ocsf(4003, 6),
  'request-served': ocsf(4002, 99),
  'sign-in': ocsf(3002, 1),
  'directory-change': {},
  'resource-operation': ocsf(6003, 99),
  'request-relayed': ocsf(4002, 99),
};

/** Activities of class 4001 (Network Activity) by why an attempt failed. */
export const failedConnect = (reason: string): Ocsf => ocsf(4001, reason === 'refused' ? 5 : 4);

/** Class 4003 (DNS Activity), question and answer in one. */
export const answeredDns: Ocsf = ocsf(4003, 6);
