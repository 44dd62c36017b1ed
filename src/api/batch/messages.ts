export interface ToWorker {
  /** A line of the batch. */
  readonly text: string;
}

export type FromWorker = { readonly kind: 'ready' } | { readonly kind: 'answer'; readonly text: string };
