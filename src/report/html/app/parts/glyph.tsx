import type { DetectionVerdict, SignalVerdict } from '../../../../model/verdict.ts';

const bell = 'M8 1a1.1 1.1 0 0 1 1.1 1.1v.3c2 .5 3.3 2.2 3.3 4.2 0 2.9.8 3.8 1.6 4.8H2c.8-1 1.6-1.9 1.6-4.8 0-2 1.3-3.7 3.3-4.2v-.3A1.1 1.1 0 0 1 8 1zM6.3 12.6h3.4a1.7 1.7 0 0 1-3.4 0z'; // prettier-ignore

export const Bell = () => (
  <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">
    <path d={bell} fill="currentColor" />
  </svg>
);

const ring = <circle cx="8" cy="8" r="6" />;

// One shape a verdict, so that none depends on its color.
const shapes = {
  fired: <path d={bell} class="solid" />,
  missed: (
    <>
      {ring}
      <path d="M3.8 12.2l8.4-8.4" />
    </>
  ),
  blind: (
    <>
      <path d="M1.5 6.5c3.5 4.5 9.5 4.5 13 0" />
      <path d="M4 9.2l-1.2 2M8 10.2v2.3M12 9.2l1.2 2" />
    </>
  ),
  broken: (
    <>
      <path d="M2.5 2.5h4l1.5 3-2 2.5 2.5 2.5-1 3h-5zM9.5 2.5h4v11h-3l1-3L9 8l1.8-2.5z" />
    </>
  ),
  quiet: (
    <>
      {ring}
      <path d="M5 8h6" />
    </>
  ),
  noisy: (
    <path d="M8 .8l1.6 4 4-1.6-1.6 4 3.2 1.8-3.7 1 .6 4-3.3-2.5-2.6 3-.5-4-4 .3 2.5-3.2-2.7-3 4.1.2z" class="solid" />
  ),
  'not-run': (
    <>
      <circle cx="8" cy="8" r="6" stroke-dasharray="2.4 2.3" />
      <path d="M6.5 5.8v4.4M9.5 5.8v4.4" />
    </>
  ),
  error: (
    <>
      <path d="M8 1.8l6.5 12h-13z" />
      <path d="M8 6v4M8 11.6v.6" />
    </>
  ),
  seen: <circle cx="8" cy="8" r="5.5" class="solid" />,
  absent: <circle cx="8" cy="8" r="5.2" />,
  unobservable: <circle cx="8" cy="8" r="5.2" stroke-dasharray="2 2.1" />,
} satisfies Record<DetectionVerdict | SignalVerdict, unknown>;

export const VerdictGlyph = ({ verdict }: { readonly verdict: DetectionVerdict | SignalVerdict }) => (
  <svg class="glyph line" viewBox="0 0 16 16" aria-hidden="true">
    {shapes[verdict]}
  </svg>
);
