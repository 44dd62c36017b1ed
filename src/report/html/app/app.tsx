import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { RunResult } from '../../../model/run-result.ts';
import { DetectionPage } from './detection/detection-page.tsx';
import { rowsOf } from './filter/row.ts';
import { Overview } from './overview/overview.tsx';
import { openForPrint } from './parts/open-for-print.ts';
import { TopBar } from './parts/top-bar.tsx';
import { ReportContext, useReport } from './report.ts';
import { formatHash } from './routing/hash.ts';
import { useAddress } from './routing/use-address.ts';
import { TestPage } from './test/test-page.tsx';
import { visible } from './text/visible.ts';

const View = () => {
  const { route } = useReport().address;
  switch (route.view) {
    case 'overview':
      return <Overview />;
    case 'test':
      return <TestPage resultKey={route.key} />;
    case 'detection':
      return <DetectionPage resultKey={route.key} id={route.id} />;
  }
};

export const App = ({ run }: { readonly run: RunResult }) => {
  const [address, change] = useAddress();
  const rows = useMemo(() => rowsOf(run), [run]);
  const page = formatHash({ route: address.route, query: '', theme: null, line: null });
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);

  useEffect(() => {
    document.title = `${visible(run.scenario.name)} · Tocsin`;
    return openForPrint();
  }, [run]);

  useEffect(() => {
    if (address.theme === null) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = address.theme;
  }, [address.theme]);

  // A new page begins at its heading, for the eye and for a screen reader; the first load leaves the focus alone.
  useEffect(() => {
    if (!isFirst.current && address.line === null) {
      scrollTo(0, 0);
      main.current?.querySelector('h1')?.focus({ preventScroll: true });
    }
    isFirst.current = false;
  }, [page]);

  return (
    <ReportContext.Provider value={{ run, rows, address, change }}>
      <TopBar toContent={() => main.current?.querySelector('h1')?.focus()} />
      <main ref={main} key={page}>
        <View />
      </main>
    </ReportContext.Provider>
  );
};
