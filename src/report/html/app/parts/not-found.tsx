import { routeTo } from '../report.ts';
import { Link } from './link.tsx';

/** For a link into another run. */
export const NotFound = ({ what }: { readonly what: string }) => (
  <div class="page-head">
    <h1 tabIndex={-1}>This run has no such {what}</h1>
    <p>
      The link may come from another run. <Link to={routeTo.overview}>Go to the overview</Link>
    </p>
  </div>
);
