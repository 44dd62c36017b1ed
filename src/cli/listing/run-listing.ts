import { join } from 'node:path';
import { readRun, runIds } from '../../api/find-run.ts';
import type { Listing } from './listing.ts';

/** Every run below a folder, the latest last; one that cannot be read is listed as such. */
export const listRuns = async (reports: string): Promise<Listing> => {
  const ids = await runIds(reports);
  return {
    head: ['Run', 'Scenario', 'Driver', 'Finished', 'Exit code', 'Techniques'],
    items: await Promise.all(ids.map((id) => listRun(reports, id))),
  };
};

const listRun = async (reports: string, id: string): Promise<Listing['items'][number]> => {
  try {
    const { scenario, driver, finishedAt, exitCode, coverage } = await readRun(join(reports, id));
    const techniques = coverage.map(({ technique }) => technique);
    const said = coverage.map(({ technique, status, fired, tried }) => `${technique} ${status} ${fired}/${tried}`);
    return {
      cells: [id, scenario.id, driver, finishedAt.slice(0, 19), String(exitCode), said.join(', ')],
      techniques,
      platforms: [],
      text: scenario.name,
      json: { id, scenario: scenario.id, driver, finishedAt, exitCode, techniques },
    };
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return {
      cells: [id, 'unreadable', '', '', '', message],
      techniques: [],
      platforms: [],
      text: '',
      json: { id, unreadable: message },
    };
  }
};
