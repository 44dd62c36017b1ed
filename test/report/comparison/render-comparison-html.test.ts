import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { chromium } from 'playwright-core';
import type { Comparison, VerdictChange } from '../../../src/model/baseline.ts';
import { renderComparisonHtml } from '../../../src/report/comparison/render-comparison-html.ts';
import { chromiumPath } from '../html/browser.ts';

const hostile = '</td><script>document.title="taken"</script><img src=x onerror="document.title=1">\u202e&amp;';

const change = (fields: Partial<VerdictChange> = {}): VerdictChange => ({
  key: 's/v/g/',
  technique: 'T1571',
  variant: 'server',
  detection: 'outbound-public',
  before: 'fired',
  after: 'missed',
  firedBefore: '12 of 12',
  firedAfter: '0 of 12',
  kind: 'newly missed',
  causes: ['rule'],
  ...fields,
});

const comparison: Comparison = {
  verdicts: [change(), change({ kind: 'fixed', before: 'missed', after: 'fired', detection: hostile, causes: [] })],
  signals: [
    {
      key: 's',
      variant: 'server',
      signal: 'connections',
      before: { verdict: 'seen', rows: 3 },
      after: null,
      causes: [],
    },
  ],
  environment: [{ scenario: 'quick', name: 'driver', cause: 'driver', before: 'namespace', after: 'docker' }],
  onlyBefore: ['old'],
  onlyAfter: [],
  compared: { scenarios: 1, detections: 2 },
  regressions: 1,
};

describe('a comparison as a page', function () {
  this.timeout(60_000);

  it('says what got worse first, then what got better, by technique, and around it', () => {
    const text = renderComparisonHtml(comparison, { base: 'a', now: 'b' });
    const order = [
      '1 regression; 2 verdicts changed of 2',
      'id="worse"',
      'newly missed',
      'id="better"',
      'fixed',
      'Non-Standard Port',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places.every((place) => place > 0)).to.equal(true);
    expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
    expect(text).to.include('seen, 3 rows').and.include('docker').and.include('scenario old: before, and not now');
  });

  it('shows names as text, whatever they hold, in a real browser under its own policy', async function () {
    const executablePath = chromiumPath();
    if (executablePath === null) return this.skip();
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-diff-'));
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const file = join(folder, 'diff.html');
      writeFileSync(file, renderComparisonHtml(comparison, { base: hostile, now: 'b' }));
      const page = await browser.newPage();
      const offences: string[] = [];
      page.on('console', (message) => void (message.type() === 'error' && offences.push(message.text())));
      page.on(
        'request',
        (request) => void (request.url() !== pathToFileURL(file).href && offences.push(request.url())),
      );
      await page.goto(pathToFileURL(file).href);
      expect(offences).to.deep.equal([]);
      expect(await page.title()).to.include('</td><script>');
      expect(await page.locator('script, img').count()).to.equal(0);
      expect(await page.locator('body').innerText()).to.include('⟨U+202E⟩&amp;');
      const color = await page.locator('.headline').evaluate('node => getComputedStyle(node).color');
      expect(color).not.to.equal('rgb(0, 0, 0)');
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true });
    }
  });
});
