import { attackCopyright, techniques as allTechniques } from '../../attack/attack.ts';

export interface LegendItem {
  readonly label: string;
  readonly color: string;
}

export interface LayerContent {
  readonly name: string;
  /** The matrix's version: `18.0`. */
  readonly attack: string;
  readonly description: string;
  readonly techniques: readonly object[];
  readonly gradient: { readonly colors: readonly string[]; readonly minValue: number; readonly maxValue: number };
  readonly legendItems: readonly LegendItem[];
  readonly metadata: readonly { readonly name: string; readonly value: string }[];
}

/** A layer as ATT&CK Navigator opens it. Layer format 4.5. */
export const createLayer = ({
  name,
  attack,
  description,
  techniques,
  gradient,
  legendItems,
  metadata,
}: LayerContent) => ({
  name,
  versions: { attack: attack.split('.')[0], navigator: '5.1.0', layer: '4.5' },
  domain: 'enterprise-attack',
  description: `${description} ${attackCopyright}`,
  // Navigator hides what none of its platforms has: without PRE, the techniques before a compromise are not there.
  filters: { platforms: everyPlatform },
  sorting: 0,
  layout: {
    layout: 'side',
    showID: true,
    showName: true,
    showAggregateScores: false,
    countUnscored: false,
    aggregateFunction: 'average',
    expandedSubtechniques: 'annotated',
  },
  hideDisabled: false,
  techniques,
  gradient,
  legendItems,
  metadata,
  links: [],
  showTacticRowBackground: false,
  tacticRowBackground: '#dddddd',
  selectTechniquesAcrossTactics: true,
  selectSubtechniquesWithParent: false,
  selectVisibleTechniques: false,
});

const everyPlatform = [...new Set(allTechniques.flatMap(({ platforms }) => platforms))].filter(Boolean).sort();
