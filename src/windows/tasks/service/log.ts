import { userSid } from '../../os/sid.ts';
import type { EventLog } from '../../os/event-log.ts';

/** What the service and the security subsystem write of tasks. Each record names the request that it came from, if one did. */
export interface SchedulerLog {
  security(eventId: 4698 | 4699 | 4700 | 4701 | 4702, data: Data, request: number): Promise<void>;
  operational(eventId: number, data: Data, request: number): Promise<void>;
}

type Data = Readonly<Record<string, string | number>>;

export const createSchedulerLog = (eventLog: EventLog): SchedulerLog => ({
  security: (eventId, data, request) =>
    eventLog.write({
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
      eventId,
      data,
      request,
    }),
  operational: (eventId, data, request) =>
    eventLog.write({
      channel: 'Microsoft-Windows-TaskScheduler/Operational',
      provider: 'Microsoft-Windows-TaskScheduler',
      eventId,
      data,
      request,
    }),
});

/** The fields that Security events of tasks begin with. */
export const subjectOf = (user: string): Data => {
  const [domain = '', name = ''] = user.split('\\');
  return { SubjectUserSid: userSid(domain, name), SubjectUserName: name, SubjectDomainName: domain };
};
