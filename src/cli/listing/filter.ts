import { areRelated } from '../../attack/attack.ts';
import { exitCode } from '../../model/exit-code.ts';
import type { Json } from '../../model/json.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { findTactic, isInTactic } from './content-listings.ts';
import type { Listing } from './listing.ts';

export interface ListFilter {
  readonly technique?: string;
  readonly tactic?: string;
  readonly platform?: string;
  readonly grep?: string;
  readonly status?: string;
  readonly language?: string;
  readonly severity?: string;
  readonly executor?: string;
}

/** Filters that ask for one field of what a program gets with --json. */
const fields = ['language', 'severity', 'executor'] as const;

/** Every filter must hold; a technique stands for its sub-techniques, and a sub-technique's parent for it. */
export const filterListing = (listing: Listing, filter: ListFilter): Listing => {
  const { technique, tactic, platform, grep, status } = filter;
  const inTactic = tactic === undefined ? null : tacticNamed(tactic);
  return {
    ...listing,
    items: listing.items.filter(
      ({ cells, techniques, platforms, text, json, statuses = [] }) =>
        (technique === undefined || techniques.some((one) => areRelated(one, technique.toUpperCase()))) &&
        (inTactic === null || techniques.some((one) => isInTactic(one, inTactic))) &&
        (platform === undefined || platforms.some((one) => one.toLowerCase() === platform.toLowerCase())) &&
        (status === undefined || statuses.includes(status.toLowerCase())) &&
        fields.every((name) => filter[name] === undefined || isSame(json[name], filter[name])) &&
        (grep === undefined || [...cells, text].join('\n').toLowerCase().includes(grep.toLowerCase())),
    ),
  };
};

const isSame = (value: Json | undefined, wanted: string): boolean =>
  typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase();

const tacticNamed = (wanted: string): string => {
  const found = findTactic(wanted);
  if (found !== null) return found;
  throw new HarnessError(`there is no tactic ${JSON.stringify(wanted)}`, {
    code: 'attack/no-tactic',
    exitCode: exitCode.usage,
    hint: 'an id (TA0011), a name ("Command and Control") or a short name (command-and-control)',
  });
};
