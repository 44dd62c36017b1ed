import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { dataPlaceholder } from '../src/report/html/template.ts';

const app = join(import.meta.dirname, '../src/report/html/app');

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Texts of the elements that the policy must allow: the script and the style sheets; data is no script. */
const inlineTexts = (html: string, element: 'script' | 'style'): readonly string[] =>
  [...html.matchAll(new RegExp(`<${element}([^>]*)>([^]*?)</${element}>`, 'g'))]
    .filter(([, attributes = '']) => !attributes.includes('application/json'))
    .map(([, , text = '']) => text);

/**
 * Nothing from anywhere but this file, and in it no script but the one that was built. Trusted types make every way to
 * turn text into markup throw, so that a slip in the app cannot become an injection.
 */
const policyOf = (html: string): string =>
  [
    "default-src 'none'",
    `script-src ${inlineTexts(html, 'script').map(hashOf).join(' ')}`,
    `style-src ${inlineTexts(html, 'style').map(hashOf).join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** The report's template: one file, with a place for the run. */
export const buildReport = async (): Promise<string> => {
  const built = await build({
    root: app,
    configFile: false,
    logLevel: 'warn',
    plugins: [viteSingleFile({ removeViteModuleLoader: true })],
    build: { write: false, target: 'es2024', modulePreload: false },
  });
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : [];
  const page = outputs.find((output) => output.fileName === 'index.html');
  if (page?.type !== 'asset' || outputs.length !== 1) {
    throw new Error(`the report must be one file, not ${outputs.map((output) => output.fileName).join(', ')}`);
  }
  const html = String(page.source);
  if (html.split(dataPlaceholder).length !== 2) throw new Error('the report must hold its placeholder once');
  const policy = `<meta http-equiv="Content-Security-Policy" content="${policyOf(html)}" />`;
  return html.replace(/<meta charset="utf-8"\s*\/?>/i, (charset) => `${charset}\n    ${policy}`);
};
