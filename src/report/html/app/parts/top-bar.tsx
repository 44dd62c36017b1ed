import { routeTo, useReport } from '../report.ts';
import { Text } from '../text/text.tsx';
import { Bell } from './glyph.tsx';
import { Link } from './link.tsx';
import { ThemeToggle } from './theme-toggle.tsx';
import './top-bar.css';

export const TopBar = ({ toContent }: { readonly toContent: () => void }) => {
  const { run } = useReport();
  return (
    <header class="top-bar">
      <button type="button" class="skip" onClick={toContent}>
        Skip to content
      </button>
      <Link to={routeTo.overview} class="brand">
        <Bell />
        <span>Tocsin</span>
      </Link>
      <span class="top-run mono">
        <Text of={run.runId} />
      </span>
      <ThemeToggle />
    </header>
  );
};
