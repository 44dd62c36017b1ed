import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** HTML of a text, as GitHub's dialect makes it. HTML in the text itself passes, so that a test can see it. */
export const readMarkdown = (text: string): string =>
  micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

/** Names of the elements of some HTML, in order. */
export const elementsOf = (html: string): readonly string[] =>
  [...html.matchAll(/<([a-z]\w*)/g)].map(([, name]) => name ?? '');

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };

/** What a reader sees of it. */
export const textOfHtml = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|amp);/g, (_, name: string) => entities[name] ?? '');
