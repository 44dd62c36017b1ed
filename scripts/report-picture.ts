/**
 * A picture of a report for the documentation: `node scripts/report-picture.ts reports/RUN/index.html '#/detection/…' docs/images/report.png`.
 * Needs /usr/bin/chromium.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [page, hash = '', picture] = process.argv.slice(2);
if (page === undefined || picture === undefined)
  throw new Error('usage: report-picture.ts INDEX.HTML HASH PICTURE.PNG');

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  const tab = await browser.newPage({ viewport: { width: 1240, height: 1180 }, colorScheme: 'light' });
  await tab.goto(`${pathToFileURL(resolve(page)).href}${hash}`);
  await tab.waitForSelector('h1');
  await tab.screenshot({ path: picture });
} finally {
  await browser.close();
}
