import type { LogPart } from '../log-sources/plan-parts.ts';
import type { PartResult } from './match-part.ts';

export type ToHunter = { readonly index: number; readonly part: LogPart };

export type FromHunter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'bytes'; readonly index: number; readonly bytes: number }
  | { readonly kind: 'done'; readonly index: number; readonly result: PartResult };
