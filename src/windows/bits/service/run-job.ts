import { renameSync } from 'node:fs';
import { bitsResults } from '../protocol.ts';
import { askForFile, fetchFile, TransferFailure, type TransferParts } from './transfer.ts';
import type { BitsLog, Transfer } from './log.ts';
import type { Job } from './job.ts';

export interface JobParts extends TransferParts {
  readonly log: BitsLog;
  readonly now: () => number;
  readonly uuid: () => string;
}

const fileTimeOf = (lastModified: string | null): string => {
  const time = Date.parse(lastModified ?? '');
  return Number.isNaN(time) ? '' : `${new Date(time).toISOString().slice(0, -1)}0000Z`;
};

/** Fetches the files of a job that have not come yet, one after the other; the job's state says what came of it. */
export const runJob = async (job: Job, parts: JobParts): Promise<void> => {
  const { log, network, now, uuid } = parts;
  const { request } = job.errand;
  const http = network.open(request);
  const enter = (state: Job['state']): void => void Object.assign(job, { state, modified: now() });
  // A request meanwhile may have suspended or cancelled the job.
  const isOurs = (): boolean => job.state === 'CONNECTING' || job.state === 'TRANSFERRING';
  job.error = null;
  try {
    for (const [index, file] of job.files.entries()) {
      if (file.size !== null && file.transferred === file.size) continue;
      const transfer = { id: uuid(), fileTime: '' } satisfies Transfer;
      enter('CONNECTING');
      try {
        const offer = await askForFile(file, http);
        if (!isOurs()) return;
        file.size = offer.size;
        const known = { ...transfer, fileTime: fileTimeOf(offer.lastModified) };
        await log.started(job, file, known);
        enter('TRANSFERRING');
        await fetchFile(file, offer, request, http, parts);
        await log.stopped(job, file, known, 0);
        if (!isOurs()) return;
      } catch (error) {
        if (!(error instanceof TransferFailure)) throw error;
        await log.stopped(job, file, transfer, error.code);
        if (!isOurs()) return;
        job.error = { code: error.code, file: index };
        return enter(error.passes ? 'TRANSIENT_ERROR' : 'ERROR');
      }
    }
    enter('TRANSFERRED');
  } finally {
    await http.close();
  }
};

/** Gives the files that have come their names; an HRESULT of what cannot be. */
export const nameFiles = async (job: Job, request: number, { eventLog }: JobParts): Promise<number> => {
  for (const file of job.files) {
    if (file.temporary === null || file.size !== file.transferred) continue;
    await eventLog.handOver({ request, file: file.host });
    try {
      renameSync(file.temporary, file.host);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return bitsResults.pathNotFound;
      throw error;
    }
    file.temporary = null;
  }
  return 0;
};
