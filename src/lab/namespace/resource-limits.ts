import { readFileSync } from 'node:fs';
import type { HostLimits } from '../limits.ts';

/**
 * prlimit(1) and its arguments. A limit may only be lowered without privileges on the machine, so it is the lower of what we
 * want and what the machine allows (`machineLimits` is /proc/self/limits).
 */
export const limitLauncher = (limits: HostLimits, machineLimits: string): readonly string[] => {
  const lower = (name: string, wanted: number): number => Math.min(wanted, hardLimit(machineLimits, name));
  return [
    '/usr/bin/prlimit',
    '--core=0',
    `--nproc=${lower('Max processes', limits.processes)}`,
    `--nofile=${lower('Max open files', limits.openFiles)}`,
    `--fsize=${lower('Max file size', limits.diskBytes)}`,
    `--data=${lower('Max data size', limits.dataBytes)}`,
    '--',
  ];
};

export const readMachineLimits = (): string => readFileSync('/proc/self/limits', 'latin1');

const hardLimit = (table: string, name: string): number => {
  const line = table.split('\n').find((candidate) => candidate.startsWith(name)) ?? '';
  const [, hard = 'unlimited'] = line.slice(name.length).trim().split(/\s+/);
  return hard === 'unlimited' ? Infinity : Number(hard);
};
