import { useReport } from '../report.ts';
import type { Theme } from '../routing/hash.ts';

const systemTheme = (): Theme => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

export const ThemeToggle = () => {
  const { address, change } = useReport();
  const other: Theme = (address.theme ?? systemTheme()) === 'dark' ? 'light' : 'dark';
  return (
    <button type="button" class="quiet-button theme-toggle" onClick={() => change({ theme: other })}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor" />
      </svg>
      {other === 'dark' ? 'Dark' : 'Light'}
    </button>
  );
};
