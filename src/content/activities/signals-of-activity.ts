import type { Activity } from '../../model/activity.ts';
import type { Place } from '../../model/place.ts';
import type { SignalTemplate } from '../signals/signal-template.ts';

/** What shows that the product ran at its pace: its program, and its connections. */
export const signalsOfActivity = (activity: Activity, place: Place): readonly SignalTemplate[] => {
  const { file, polls, startedBy, guid } = activity;
  const name = file.slice(file.lastIndexOf('\\') + 1);
  const port = new URL(polls.url).port;
  const isKept = polls.connection === 'kept';
  return [
    {
      id: 'process',
      test: guid,
      place,
      entry: {
        description: `${name} runs under its own name`,
        table: 'Sysmon-1',
        on: 'target',
        where: { Image: file },
        count: startedBy === null ? 1 : { min: 1 },
      },
    },
    {
      id: 'connections',
      test: guid,
      place,
      entry: {
        description: isKept
          ? `${name} connects once, and keeps the connection`
          : `${name} connects once per poll, at the documented pace`,
        table: 'DeviceNetworkEvents',
        on: 'target',
        where: {
          InitiatingProcessFileName: name,
          RemotePort: port === '' ? 80 : Number(port),
          ActionType: 'ConnectionSuccess',
        },
        count: isKept ? 1 : '#{polls}',
      },
    },
  ];
};
