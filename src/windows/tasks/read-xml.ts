import type { XmlElement, XmlNode } from '../../formats/windows-event/tree.ts';

/** What is wrong with a task's XML: the Task Scheduler refuses it (SCHED_E_MALFORMEDXML, SCHED_E_UNEXPECTEDNODE …). */
export class BadTask extends Error {}

export const childrenOf = (element: XmlElement | undefined): readonly XmlElement[] =>
  (element?.children ?? []).filter((node: XmlNode): node is XmlElement => node.kind === 'element');

export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  childrenOf(element).find((one) => one.name === name);

/** The text of a child element; undefined when it is not there. */
export const textOf = (element: XmlElement | undefined, name: string): string | undefined => {
  const found = child(element, name);
  return found?.children
    .map((node) => (node.kind === 'text' ? node.text : ''))
    .join('')
    .trim();
};

export const flagOf = (element: XmlElement | undefined, name: string, otherwise: boolean): boolean => {
  const text = textOf(element, name);
  if (text === undefined) return otherwise;
  if (!['true', 'false', '1', '0'].includes(text)) throw new BadTask(`${name}: ${text}`);
  return text === 'true' || text === '1';
};
