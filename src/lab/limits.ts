/** Bounds on what a host may do to the machine and to the harness. */
export interface HostLimits {
  /** Bytes and files that a host's own files may take; they live in memory. */
  readonly diskBytes: number;
  readonly files: number;
  /** Of one process. */
  readonly openFiles: number;
  readonly dataBytes: number;
  /** Of one user of the lab, in all its hosts together: the kernel counts them so. */
  readonly processes: number;
  /** A trace that grows beyond this is a flood: the sensor is no longer trusted. */
  readonly traceBytes: number;
  /** The same of its frames. */
  readonly packetBytes: number;
}

const mebibyte = 1024 * 1024;

export const defaultLimits: HostLimits = {
  diskBytes: 512 * mebibyte,
  files: 65_536,
  openFiles: 4096,
  dataBytes: 4096 * mebibyte,
  processes: 2048,
  traceBytes: 2048 * mebibyte,
  packetBytes: 2048 * mebibyte,
};

/** Bytes kept of each output of a command; what is beyond is read and thrown away, and the result says so. */
export const outputLimit = mebibyte;

/** Longest line that a component may write as one native record. */
export const recordLimit = mebibyte;

/** All records of a host together; more is a flood. */
export const recordsLimit = 256 * mebibyte;
