import type { EventLog } from '../../os/event-log.ts';
import type { Job, JobFile } from './job.ts';

/**
 * Records of Microsoft-Windows-Bits-Client/Operational, each with the request that it came from. Fields of 4, 59 and 60 are those of
 * real records; those of 3 are the manifest's.
 */
export interface BitsLog {
  created(job: Job, processPath: string): Promise<void>;
  started(job: Job, file: JobFile, transfer: Transfer): Promise<void>;
  /** An HRESULT; 0 is success. Event 60 or, of a failure, 61. */
  stopped(job: Job, file: JobFile, transfer: Transfer, result: number): Promise<void>;
  completed(job: Job): Promise<void>;
  cancelled(job: Job): Promise<void>;
}

export interface Transfer {
  readonly id: string;
  /** ISO 8601; '' where the server did not say. */
  readonly fileTime: string;
}

type Data = Readonly<Record<string, string | number>>;

const unlimited = '18446744073709551615';

export const createBitsLog = (eventLog: EventLog): BitsLog => {
  const write = (eventId: number, { errand }: Job, data: Data): Promise<void> =>
    eventLog.write({
      channel: 'Microsoft-Windows-Bits-Client/Operational',
      provider: 'Microsoft-Windows-Bits-Client',
      eventId,
      data,
      request: errand.request,
    });

  const transferData = (job: Job, { url }: JobFile, { id }: Transfer): Data => ({
    transferId: `{${id}}`,
    name: job.name,
    Id: job.id.toLowerCase(),
    url,
    peer: '',
  });
  const sizes = ({ size, transferred }: JobFile, { fileTime }: Transfer): Data => ({
    fileTime,
    fileLength: size ?? unlimited,
    bytesTotal: size ?? unlimited,
    bytesTransferred: transferred,
  });
  const endOf = (job: Job): Data => ({
    User: job.errand.caller.user,
    jobTitle: job.name,
    jobId: job.id.toLowerCase(),
    jobOwner: job.owner,
    fileCount: job.files.length,
  });

  return {
    created: (job, processPath) =>
      write(3, job, {
        jobTitle: job.name,
        jobId: job.id.toLowerCase(),
        jobOwner: job.owner,
        processPath,
        processId: job.errand.caller.pid,
      }),
    started: (job, file, transfer) =>
      write(59, job, {
        ...transferData(job, file, transfer),
        ...sizes(file, transfer),
        bytesTransferredFromPeer: 0,
      }),
    stopped: (job, file, transfer, result) =>
      write(result === 0 ? 60 : 61, job, {
        ...transferData(job, file, transfer),
        hr: result,
        ...sizes(file, transfer),
        proxy: '',
        peerProtocolFlags: 0,
        bytesTransferredFromPeer: 0,
        AdditionalInfoHr: 0,
        PeerContextInfo: 0,
        bandwidthLimit: unlimited,
        ignoreBandwidthLimitsOnLan: 'false',
      }),
    completed: (job) =>
      write(4, job, {
        ...endOf(job),
        bytesTransferred: job.files.reduce((sum, { transferred }) => sum + transferred, 0),
        bytesTransferredFromPeer: 0,
      }),
    cancelled: (job) => write(5, job, endOf(job)),
  };
};
