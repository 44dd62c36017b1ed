import { expect } from 'chai';
import type { BrowserContextOptions } from 'playwright-core';
import { formatHash, type Route } from '../../../src/report/html/app/routing/hash.ts';
import { playbookFields } from '../../../src/model/playbook.ts';
import type { RunResult } from '../../../src/model/run-result.ts';
import { renderHtml } from '../../../src/report/html/render-html.ts';
import { goTo, launchBrowser, type OpenReport, type ReportBrowser } from './browser.ts';
import { ansi, breakout, hostileRun, longLine, override } from './hostile-run.ts';
import { contrastsOf, headingsOf, namelessOf, widthsOf } from './in-page.ts';
import { maintained, published, runFixture, variantOf, withResults } from './run-fixture.ts';

const run = runFixture();

const hashOf = (route: Route, rest: { query?: string; line?: number } = {}): string =>
  formatHash({ route, query: rest.query ?? '', theme: null, line: rest.line ?? null });

const testPage = (variant: string, of: RunResult = run): string =>
  hashOf({ view: 'test', key: variantOf(of, variant).key });

const detectionPage = (variant: string, id: string): string =>
  hashOf({ view: 'detection', key: variantOf(run, variant).key, id });

const everyView: readonly (readonly [name: string, hash: string])[] = [
  ['overview', ''],
  ['filtered overview', hashOf({ view: 'overview' }, { query: 's:missed' })],
  ['test page', testPage('vps')],
  ['page of a missed detection', detectionPage('keep-alive', maintained)],
  ['page of a fired detection', detectionPage('vps', maintained)],
  ['page of a broken detection', detectionPage('vps', published)],
  ['page that does not exist', hashOf({ view: 'test', key: 'another run' })],
];

/** The run with an expectation of the first variant's maintained detection that it does not meet. */
const unmetRun = (): RunResult => ({
  ...withResults(run, (result) =>
    result.variant !== 'as-documented'
      ? result
      : {
          ...result,
          detections: result.detections.map((detection) =>
            detection.id === maintained ? { ...detection, expected: 'fired', met: false } : detection,
          ),
        },
  ),
  exitCode: 1,
});

describe('the HTML report in Chromium', function () {
  // A browser on a busy machine.
  this.timeout(60_000);

  let browser: ReportBrowser;

  before(async function () {
    const launched = await launchBrowser();
    if (launched === null) return this.skip();
    browser = launched;
  });

  after(() => browser?.close());

  const withReport = async (
    hash: string,
    use: (report: OpenReport) => Promise<void>,
    of: RunResult = run,
    options: BrowserContextOptions = {},
  ): Promise<void> => {
    const report = await browser.open(of, hash, options);
    try {
      await use(report);
      expect(report.offences).to.deep.equal([]);
    } finally {
      await report.page.context().close();
    }
  };

  /** One page led through every address in turn. */
  const throughViews = (
    views: readonly (readonly [name: string, hash: string])[],
    use: (report: OpenReport, name: string) => Promise<void>,
    of: RunResult = run,
    options: BrowserContextOptions = {},
  ): Promise<void> =>
    withReport(
      '',
      async (report) => {
        for (const [name, hash] of views) {
          await goTo(report, hash);
          await use(report, name);
        }
      },
      of,
      options,
    );

  describe('as a file', () => {
    it('asks for nothing, breaks no policy and logs no error in any view', async () => {
      for (const [, hash] of everyView) await withReport(hash, async () => {});
    });

    it('is one small file whose policy names its script and its style by their hashes', () => {
      const html = renderHtml(run, browser.template);
      expect(html.length).to.be.below(1_000_000);
      expect(html).to.match(/default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+';/);
      expect(html).not.to.include('unsafe-inline');
      expect(html).not.to.match(/\b(?:src|href)="(?!data:)/);
    });

    it('is noticed by these tests when it breaks its policy, and cannot make markup of text', async () => {
      const report = await browser.open(run);
      await report.page.evaluate(
        "document.head.append(Object.assign(document.createElement('style'), { textContent: 'x{}' }))",
      );
      const caught = await report.page
        .evaluate("document.body.innerHTML = '<b>'")
        .then(() => 'nothing', (error: Error) => error.message); // prettier-ignore
      expect(caught).to.include('TrustedHTML');
      expect(report.offences.join()).to.include('policy: style-src-elem');
      await report.page.context().close();
    });
  });

  describe('the overview', () => {
    it('shows every variant, every verdict and what was met', async () => {
      await withReport('', async ({ page }) => {
        expect(await page.locator('.results tbody').count()).to.equal(4);
        expect(await page.locator('.outcome-figure').innerText()).to.equal('20 of 20 expectations met');
        expect(await page.locator('.results .verdict').allInnerTexts()).to.have.members([
          ...Array<string>(4).fill('broken'),
          ...Array<string>(3).fill('missed'),
          'fired',
        ]);
      });
    });

    it('filters by a chip, counts again, and keeps the filter in the address', async () => {
      await withReport('', async ({ page }) => {
        const chip = page.getByRole('button', { name: /^missed/ });
        await chip.click();
        expect(await page.locator('.results .verdict').allInnerTexts()).to.deep.equal(['missed', 'missed', 'missed']);
        expect(await page.locator('.shown-count').innerText()).to.equal('3 of 8 verdicts');
        expect(await chip.getAttribute('aria-pressed')).to.equal('true');
        expect(page.url()).to.match(/q=s%3Amissed$/);
        await page.getByRole('searchbox').fill('s:missed v:vps');
        expect(await page.locator('.empty').innerText()).to.include('No verdict passes the filter');
        expect(await page.locator('.chip').allTextContents())
          .to.include('missed 0')
          .and.to.include('fired 1');
      });
    });

    it('opens with the filter of its address', async () => {
      await withReport(hashOf({ view: 'overview' }, { query: 'd:maintained !s:missed' }), async ({ page }) => {
        expect(await page.locator('.results .verdict').allInnerTexts()).to.deep.equal(['fired']);
        expect(await page.getByRole('searchbox').inputValue()).to.equal('d:maintained !s:missed');
      });
    });

    it('hides neither what was lost nor what was not loaded, and says nothing was left behind', async () => {
      await withReport(hashOf({ view: 'overview' }, { query: 'nothing' }), async ({ page }) => {
        const missing = await page.locator('.losses').innerText();
        expect(missing).to.include('kql/unsupported-operator');
        expect(missing).to.include('2 unparsed');
        expect(missing).to.include('No process, mount, folder or network of the lab is left.');
      });
    });

    it('gives a technique its denominator and says that it is inferential', async () => {
      await withReport('', async ({ page }) => {
        const technique = await page.locator('.coverage li').innerText();
        expect(technique).to.include('1 of 4').and.to.include('inferential').and.to.include('partial');
      });
    });

    it('puts an unmet expectation first, whatever the filter says', async () => {
      await withReport(
        hashOf({ view: 'overview' }, { query: 's:fired' }),
        async ({ page }) => {
          const unmet = page.locator('.unmet-list');
          expect(await unmet.innerText()).to.include('detection is missed, expected fired');
          expect(await page.locator('.outcome').innerText())
            .to.include('19 of 20')
            .and.to.include('Exit code 1: a gap');
          const [list, table] = [await unmet.boundingBox(), await page.locator('.results').boundingBox()];
          expect(list?.y).to.be.below(table?.y ?? 0);
          await unmet.getByRole('link').click();
          expect(await page.locator('.verdict-line').innerText()).to.include('expected fired');
        },
        unmetRun(),
      );
    });
  });

  describe('the overview of a long run', () => {
    it('draws a hundred tests, says how many more there are, and shows them', async () => {
      const [result] = run.results;
      if (result === undefined) throw new Error('the fixture has no result');
      const results = Array.from({ length: 130 }, (_, index) => ({ ...result, key: `${result.key}#${index}` }));
      await withReport(
        '',
        async ({ page }) => {
          expect(await page.locator('.results tbody').count()).to.equal(100);
          expect(await page.locator('.chip').allTextContents()).to.include('missed 130');
          await page.getByText('30 more tests').getByRole('button').click();
          expect(await page.locator('.results tbody').count()).to.equal(130);
        },
        { ...run, results },
      );
    });
  });

  describe('a detection’s page', () => {
    const gutter = async ({ page }: OpenReport, line: number): Promise<string> =>
      (await page.locator(`tr[data-line="${line}"] .rows`).innerText()).trim();

    it('shows rows in and out at the query’s own lines, and the blocker at its place', async () => {
      await withReport(detectionPage('as-documented', maintained), async (report) => {
        const { page } = report;
        expect(await page.locator('tr[data-line="20"] code').innerText()).to.equal('| where RemoteIPType == "Public"');
        expect(await gutter(report, 17)).to.equal('31');
        expect(await gutter(report, 19)).to.equal('31 → 15');
        expect(await gutter(report, 20)).to.equal('15 → 0');
        expect(await page.locator('tr.blocked mark').allInnerTexts().then((texts) => texts.join(''))).to.equal('RemoteIPType == "Public"'); // prettier-ignore
        const near = await page.locator('tr[data-line="20"] + tr .near tbody').innerText();
        expect(near.split(/\s+/)).to.deep.equal(['RemoteIPType', '"Public"', '"Loopback"', '15']);
        expect(await page.locator('.proof').innerText()).to.include('proved by running');
      });
    });

    it('lists every blocker in order, each with a step to its line', async () => {
      await withReport(detectionPage('keep-alive', maintained), async ({ page }) => {
        expect(await page.locator('.blocker-list code').allInnerTexts()).to.deep.equal([
          'RemoteIPType == "Public"',
          'ConnectionCount >= BeaconMinConnections',
        ]);
        await page.getByRole('link', { name: 'line 32' }).click();
        await page.locator('tr[data-line="32"].targeted').waitFor();
        expect(page.url()).to.include('line=32');
      });
    });

    it('shows each error of a broken query at its line and column', async () => {
      await withReport(detectionPage('vps', published), async ({ page }) => {
        expect(await page.locator('tr.broken mark').allInnerTexts()).to.deep.equal([
          'SentBytes',
          'ReceivedBytes',
          'AccountName',
        ]);
        expect(await page.locator('tr[data-line="29"] + tr').innerText())
          .to.include('kql/KS142')
          .and.to.include(':29:18');
        expect(await page.locator('.detection-aside').innerText()).to.include('line 25, column 26');
      });
    });

    it('shows the rows it fired with, and at how many start offsets', async () => {
      await withReport(detectionPage('vps', maintained), async ({ page }) => {
        expect(await page.locator('.row-card').innerText()).to.match(/ConnectionCount\s+24/);
        expect(await page.locator('.phases i.fired').count()).to.equal(12);
        expect(await page.locator('.detection-aside').innerText()).to.include('12 of 12 start offsets');
      });
    });

    it('shows conditions of one stage in order, alone and with all the others', async () => {
      const [stage, conjunct] = variantOf(run, 'vps').detections[1]?.funnel.slice(3, 5) ?? [];
      if (stage === undefined || conjunct === undefined) throw new Error('the fixture has no funnel');
      const second = {
        ...conjunct,
        id: `${stage.id}/c2`,
        clause: 'a second condition',
        rows: 3,
        alone: 7,
        withOthers: 5,
      };
      const twofold = withResults(run, (result) => ({
        ...result,
        detections: result.detections.map((detection) => ({
          ...detection,
          funnel: detection.funnel.flatMap((line) => (line.id === conjunct.id ? [line, second] : [line])),
        })),
      }));
      await withReport(
        detectionPage('vps', maintained),
        async ({ page }) => {
          const rows = await page.locator('.conjuncts tbody tr').allInnerTexts();
          expect(rows[1]?.split('\t')).to.deep.equal(['a second condition', '3', '7', '5']);
        },
        twofold,
      );
    });

    it('leads to the same detection on the other variants', async () => {
      await withReport(detectionPage('as-documented', maintained), async ({ page }) => {
        await page
          .getByRole('navigation', { name: 'This detection on other tests' })
          .getByRole('link', { name: 'vps' })
          .click();
        await page.locator('.verdict-line .v-fired').waitFor();
        expect(await page.evaluate('document.activeElement.tagName')).to.equal('H1');
      });
    });
  });

  describe('a test’s page', () => {
    it('shows what ran, what was wanted and what was got', async () => {
      await withReport(testPage('keep-alive'), async ({ page }) => {
        const text = await page.locator('main').innerText();
        expect(text).to.include('powershell.exe -WindowStyle Hidden -NoProfile');
        expect(text).to.include('15 rows, every 5 s ± 1 s');
        expect(text).to.include('1 row: the connection was kept alive and used 15 times');
        expect(text).to.include('executed, exit code 0');
        expect(text).to.match(/port\s+8443/);
        expect(await page.locator('.good-word').innerText()).to.equal('clean');
      });
    });

    it('shows the playbook of its technique, with the verdicts of this test beside what they answer', async () => {
      await withReport(testPage('vps'), async ({ page }) => {
        const playbook = page.getByRole('region', { name: 'Playbook' });
        expect(await playbook.locator('h3').allInnerTexts()).to.deep.equal(Object.values(playbookFields));
        const indicator = playbook.getByRole('listitem').filter({ hasText: 'One program connects' }).first();
        expect(await indicator.innerText()).to.match(/again and again[\s\S]*fired\s+t1583\.003-sentinel-maintained/);
        await indicator.getByRole('link', { name: maintained }).click();
        expect(await page.locator('h1').innerText()).to.include('Detect Virtual Private Server');
      });
    });

    it('draws 24 check-ins as a beacon that the keyboard can walk along', async () => {
      await withReport(testPage('vps'), async ({ page }) => {
        const lane = page.getByRole('img', { name: 'check-ins: 24 events' });
        expect(await lane.locator('.tick').count()).to.equal(24);
        await lane.focus();
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('ArrowRight');
        expect(await page.locator('.tick-detail').innerText()).to.match(
          /\+6\.8\d\d s[\s\S]*after the one before[\s\S]*DestinationIp=203\.0\.113\.10/,
        );
        expect(await page.locator('.rhythm').last().innerText()).to.include('24 events, every 3.0 s');
      });
    });

    it('folds long output after 40 lines and unfolds it', async () => {
      const chatty = withResults(run, (result) => ({
        ...result,
        executed: { ...result.executed, stdout: 'line\n'.repeat(100) },
      }));
      await withReport(
        testPage('vps'),
        async ({ page }) => {
          const output = page.getByRole('region', { name: 'Standard output' });
          expect((await output.innerText()).trim().split('\n')).to.have.length(40);
          await page.getByText('60 more lines').getByRole('button').click();
          expect((await output.innerText()).trim().split('\n')).to.have.length(100);
        },
        chatty,
      );
    });
  });

  describe('hostile input', () => {
    const hostile = hostileRun();
    const [first] = hostile.results;
    if (first === undefined) throw new Error('the hostile run has no result');
    const views: readonly Route[] = [
      { view: 'overview' },
      { view: 'test', key: first.key },
      ...first.detections.map((detection): Route => ({ view: 'detection', key: first.key, id: detection.id })),
    ];

    it('makes no element, runs nothing and asks for nothing in any view', async () => {
      for (const route of views) {
        await withReport(
          hashOf(route),
          async ({ page }) => {
            expect(
              await page.locator('img, iframe, object, embed, form:not([role=search]), main script').count(),
            ).to.equal(0);
            expect(await page.locator('a:not([href^="#/"])').count()).to.equal(0);
            expect(await page.locator('h1').innerText()).not.to.include('has no such');
          },
          hostile,
        );
      }
    });

    it('is shown as what it is: markup as text, controls and direction marks as symbols', async () => {
      await withReport(
        hashOf({ view: 'test', key: first.key }),
        async ({ page }) => {
          const heading = await page.locator('h1').innerText();
          expect(heading).to.include(breakout);
          expect(heading).to.include('invoice⟨RLO⟩gpj.exe').and.not.to.include(override);
          expect(heading).to.include('␛[31mred␛[0m␛]0;title␇').and.not.to.include(ansi);
          expect(await page.locator('h1 .unseen').first().getAttribute('title')).to.equal('U+202E');
          expect(await page.title()).not.to.match(/[\u202e\u001b]/);
        },
        hostile,
      );
    });

    it('of a megabyte in one line is cut, counted, and can be seen whole', async () => {
      await withReport(
        hashOf({ view: 'test', key: first.key }),
        async ({ page }) => {
          const output = page.getByRole('region', { name: 'Standard output' });
          expect(await output.innerText()).to.include('1,046,576 more characters');
          expect((await output.innerText()).length).to.be.below(10_000);
          await output.getByRole('button', { name: 'Show all' }).click();
          expect(await output.innerText()).to.include(longLine);
        },
        hostile,
      );
    });

    it('does not widen the page', async () => {
      await throughViews(
        views.map((route) => [route.view, hashOf(route)]),
        async ({ page }, name) => {
          const { needs, has } = await widthsOf(page);
          expect(needs, name).to.be.at.most(has);
        },
        hostile,
        { viewport: { width: 390, height: 844 } },
      );
    });
  });

  describe('for every reader', () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has the contrast of WCAG AA in every text of every view, ${colorScheme}`, async () => {
        await throughViews(
          everyView,
          async ({ page }, name) => {
            const contrasts = await contrastsOf(page);
            expect(contrasts.length).to.be.above(3);
            expect(
              contrasts.filter(({ ratio }) => ratio < 4.5),
              name,
            ).to.deep.equal([]);
          },
          run,
          { colorScheme },
        );
      });
    }

    it('names its controls and regions, and steps down one level of heading at a time', async () => {
      await throughViews(everyView, async ({ page }, name) => {
        expect(await namelessOf(page), name).to.deep.equal([]);
        const levels = await headingsOf(page);
        expect(levels[0], name).to.equal(1);
        expect(levels.filter((level) => level === 1)).to.have.length(1);
        expect(
          levels.every((level, index) => level - (levels[index - 1] ?? level) <= 1),
          name,
        ).to.equal(true);
      });
    });

    it('is reached by the Tab key in the order in which it is read', async () => {
      await withReport('', async ({ page }) => {
        const stops: string[] = [];
        for (let press = 0; press < 13; press++) {
          await page.keyboard.press('Tab');
          stops.push(
            await page.evaluate(
              "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()",
            ),
          );
        }
        expect(stops.map((stop) => stop.replace(/\s+/g, ' '))).to.deep.equal([
          'Skip to content',
          'Tocsin',
          'Dark',
          'missed 3',
          'broken 4',
          'fired 1',
          'absent 1',
          'seen 11',
          'Filter verdicts',
          'as-documented',
          'Detect Virtual Private Server in Microsoft Sentinel (compiles on the real schema)',
          'Detect Virtual Private Server in Microsoft Sentinel (as published)',
          'keep-alive',
        ]);
      });
    });

    it('lets the reader choose the other theme, and keeps it from view to view', async () => {
      await withReport('', async ({ page }) => {
        const background = (): Promise<string> =>
          page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
        const light = await background();
        await page.getByRole('button', { name: 'Dark' }).click();
        await page.locator('html[data-theme=dark]').waitFor();
        const dark = await background();
        expect(dark).not.to.equal(light);
        await page.getByRole('link', { name: 'as-documented' }).click();
        await page.locator('.timeline').waitFor();
        expect(await background()).to.equal(dark);
      });
    });

    it('needs no sideways scroll at 320 pixels', async () => {
      await throughViews(
        everyView,
        async ({ page }, name) => {
          const { needs, has } = await widthsOf(page);
          expect(needs, name).to.be.at.most(has);
        },
        run,
        { viewport: { width: 320, height: 700 } },
      );
    });

    it('prints in ink on paper, unfolded and without its controls', async () => {
      await withReport(
        testPage('vps'),
        async ({ page }) => {
          await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
          await page.evaluate("dispatchEvent(new Event('beforeprint'))");
          expect(await page.locator('.theme-toggle').isVisible()).to.equal(false);
          expect(await page.locator('details table').isVisible()).to.equal(true);
          expect((await contrastsOf(page, 'h1 bdi'))[0]?.ratio).to.be.above(12);
          expect((await page.pdf()).length).to.be.above(10_000);
        },
        run,
        { colorScheme: 'dark' },
      );
    });
  });
});
