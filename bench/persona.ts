/**
 * How much of Atomic Red Team the Windows persona runs: `node bench/persona.ts ATOMICS.tar.gz > docs/persona.md`. Scripts are read, not
 * run: what they name and the persona lacks is counted.
 */
import { renderPersonaReport } from './persona/report.ts';
import { measure } from './persona/measure.ts';

const archive = process.argv[2] ?? '../shared/data/atomic-red-team/atomics-yaml.tar.gz';
process.stdout.write(renderPersonaReport(await measure(archive)));
