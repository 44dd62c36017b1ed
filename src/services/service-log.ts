import { writeSync } from 'node:fs';
import type { ServiceClient, ServiceRecord } from '../model/service-log.ts';

/** The log of a service, which goes out of the host by its standard output, where no other process of a host can write. */
export interface ServiceLog {
  /** The service answers: whoever started it may go on. */
  ready(): void;
  /** The record is out of this process when it returns, so that a service answers only what it has logged. */
  write(dataset: ServiceRecord['dataset'], client: ServiceClient, record: object): void;
}

const standardOutput = 1;

export const openServiceLog = (print: (line: string) => void = printLine): ServiceLog => {
  let sequence = 0;
  return {
    ready: () => print('ready'),
    write: (dataset, client, record) => {
      sequence += 1;
      print(JSON.stringify({ dataset, sequence, client, record: { ...record } } satisfies ServiceRecord));
    },
  };
};

/** Standard output is a pipe that the agent empties: full, it takes a part, or nothing for a moment. */
const printLine = (line: string): void => {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(standardOutput, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
};
