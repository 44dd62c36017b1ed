import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Tactic {
  /** For example `TA0042`. */
  readonly id: string;
  /** As techniques name it: `resource-development`. */
  readonly shortName: string;
  readonly name: string;
}

export interface Technique {
  /** `T1583` or, for a sub-technique, `T1583.003`. */
  readonly id: string;
  readonly name: string;
  /** Short names, see `tactics`. */
  readonly tactics: readonly string[];
  readonly platforms: readonly string[];
  /** The technique that a sub-technique belongs to. */
  readonly parent: string | null;
  /** A revoked technique's successor. Follow it with `currentTechnique`. */
  readonly revokedBy: string | null;
  readonly deprecated: boolean;
  /** It happens before the victim's network is touched, so that no sensor there can see it: only what it is used for later. */
  readonly isPreCompromise: boolean;
}

type PackedTechnique = readonly [id: string, name: string, tactics: string, platforms: string, state?: string];

/** One line a technique; `state` is the id of its successor, or `deprecated`. */
interface PackedMatrix {
  readonly version: string;
  readonly source: string;
  readonly copyright: string;
  readonly tactics: readonly (readonly [id: string, shortName: string, name: string])[];
  readonly techniques: readonly PackedTechnique[];
}

const matrix = JSON.parse(readFileSync(join(import.meta.dirname, 'enterprise-18.json'), 'utf8')) as PackedMatrix;

const unpack = ([id, name, tactics, platforms, state]: PackedTechnique): Technique => ({
  id,
  name,
  tactics: tactics.split(' '),
  platforms: platforms.split(', '),
  parent: id.includes('.') ? id.slice(0, id.indexOf('.')) : null,
  revokedBy: state === undefined || state === 'deprecated' ? null : state,
  deprecated: state === 'deprecated',
  // ATT&CK's own word for it is the platform PRE; revoked techniques of the former PRE matrix carry it too.
  isPreCompromise: platforms.split(', ').includes('PRE'),
});

const byId: ReadonlyMap<string, Technique> = new Map(
  matrix.techniques.map((packed) => [packed[0], unpack(packed)] as const),
);

/** The matrix's own version, for example `18`. */
export const attackVersion = matrix.version;

/** MITRE's terms ask that this line goes wherever the matrix goes. */
export const attackCopyright = matrix.copyright;

/** In the order of the matrix. */
export const tactics: readonly Tactic[] = matrix.tactics.map(([id, shortName, name]) => ({ id, shortName, name }));

/** Every technique and sub-technique, revoked and deprecated ones too, by id. */
export const techniques: readonly Technique[] = [...byId.values()];

export const technique = (id: string): Technique | undefined => byId.get(id);

/** Follows `revokedBy` to the technique that stands for `id` now. */
export const currentTechnique = (id: string): Technique | undefined => {
  const found = byId.get(id);
  return found === undefined || found.revokedBy === null ? found : currentTechnique(found.revokedBy);
};

/** Whether what is said of one says something of the other: the same technique, or parent and sub-technique; revoked ids count as their successors. */
export const areRelated = (left: string, right: string): boolean => {
  const [a, b] = [currentTechnique(left)?.id ?? left, currentTechnique(right)?.id ?? right];
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
};
