/** The fields of an analyst's card, in the order of its work, as files spell them and as people read them. */
export const playbookFields = {
  log_sources: 'Log sources to investigate',
  key_indicators: 'Key indicators',
  questions: 'Questions for analysis',
  escalation: 'Decision for escalation',
  l1_steps: 'Analysis steps for L1',
  t2_actions: 'T2 analyst actions',
  containment: 'Containment and further analysis',
} as const;

export type PlaybookField = keyof typeof playbookFields;

export interface PlaybookItem {
  readonly text: string;
  /** Detections that answer it: a report shows their verdicts beside it. */
  readonly detections: readonly string[];
}

export interface PlaybookSection {
  readonly field: PlaybookField;
  readonly items: readonly PlaybookItem[];
}

/** What an analyst does with an alert of one technique. */
export interface Playbook {
  readonly technique: string;
  readonly name: string;
  readonly file: string;
  readonly sections: readonly PlaybookSection[];
}
