import { harnessFolder } from '../in-host.ts';

/** The agent names files here that never exist: the sensor's record of them is the barrier behind `flushTrace`. */
export const syncFolder = `${harnessFolder}/sync`;
