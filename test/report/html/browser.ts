import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { buildReport } from '../../../scripts/build-report.ts';
import type { RunResult } from '../../../src/model/run-result.ts';
import { renderHtml } from '../../../src/report/html/render-html.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Null where there is no Chromium and none is required. */
export const chromiumPath = (): string | null => {
  if (executablePath === undefined && process.env['TOCSIN_REQUIRE_BROWSER'] === '1')
    throw new Error('TOCSIN_REQUIRE_BROWSER=1, and no Chromium here');
  return executablePath ?? null;
};

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page of the report, and everything it must not do. */
export interface OpenReport {
  readonly page: Page;
  /** Console errors, thrown errors, violations of the policy, dialogs, and requests for anything but the file itself. */
  readonly offences: readonly string[];
}

export interface ReportBrowser {
  readonly template: string;
  open(run: RunResult, hash?: string, options?: BrowserContextOptions): Promise<OpenReport>;
  close(): Promise<void>;
}

/** Real Chromium with a profile of its own. Null, with a word on standard error, where there is none and none is required. */
export const launchBrowser = async (): Promise<ReportBrowser | null> => {
  if (executablePath === undefined) {
    if (process.env['TOCSIN_REQUIRE_BROWSER'] === '1')
      throw new Error('TOCSIN_REQUIRE_BROWSER=1, and no Chromium here');
    process.stderr.write(
      '    SKIPPED: the HTML report is not tried in a browser, since there is no /usr/bin/chromium\n',
    );
    return null;
  }
  const template = await buildReport();
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-report-'));
  const browser = await chromium.launch({ executablePath, args });
  let files = 0;
  return {
    template,
    open: (run, hash = '', options = {}) => {
      const file = join(folder, `${files++}.html`);
      writeFileSync(file, renderHtml(run, template));
      return openPage(browser, pathToFileURL(file).href, hash, options);
    },
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
};

/** Leads an open report to another of its addresses, as a link would. */
export const goTo = async ({ page }: OpenReport, hash: string): Promise<void> => {
  await page.evaluate(`location.hash = ${JSON.stringify(hash === '' ? '#/' : hash)}`);
  // Until the views of the old and the new address have both had their turn.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
};

const openPage = async (
  browser: Browser,
  url: string,
  hash: string,
  options: BrowserContextOptions,
): Promise<OpenReport> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const offences: string[] = [];
  page.on('console', (message) => message.type() !== 'log' && offences.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => offences.push(`thrown: ${error.message}`));
  page.on('request', (request) => request.url().split('#')[0] !== url && offences.push(`request: ${request.url()}`));
  page.on('dialog', (dialog) => {
    offences.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  // The console tells the test.
  await page.addInitScript({
    content:
      "addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI));",
  });
  await page.goto(`${url}${hash}`);
  await page.waitForSelector('h1');
  return { page, offences };
};
