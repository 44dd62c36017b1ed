import { areRelated } from '../../attack/attack.ts';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { findTactic, isInTactic } from './content-listings.ts';
import type { Listing } from './listing.ts';

export interface ListFilter {
  readonly technique?: string;
  readonly tactic?: string;
  readonly platform?: string;
  readonly grep?: string;
}

/** Every filter must hold; a technique stands for its sub-techniques, and a sub-technique's parent for it. */
export const filterListing = (listing: Listing, { technique, tactic, platform, grep }: ListFilter): Listing => {
  const inTactic = tactic === undefined ? null : tacticNamed(tactic);
  return {
    ...listing,
    items: listing.items.filter(
      ({ cells, techniques, platforms, text }) =>
        (technique === undefined || techniques.some((one) => areRelated(one, technique.toUpperCase()))) &&
        (inTactic === null || techniques.some((one) => isInTactic(one, inTactic))) &&
        (platform === undefined || platforms.some((one) => one.toLowerCase() === platform.toLowerCase())) &&
        (grep === undefined || [...cells, text].join('\n').toLowerCase().includes(grep.toLowerCase())),
    ),
  };
};

const tacticNamed = (wanted: string): string => {
  const found = findTactic(wanted);
  if (found !== null) return found;
  throw new HarnessError(`there is no tactic ${JSON.stringify(wanted)}`, {
    code: 'attack/no-tactic',
    exitCode: exitCode.usage,
    hint: 'an id (TA0011), a name ("Command and Control") or a short name (command-and-control)',
  });
};
