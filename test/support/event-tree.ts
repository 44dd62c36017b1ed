import type { XmlElement, XmlNode, XmlPart } from '../../src/formats/windows-event/tree.ts';

export const text = (content: string): XmlPart => ({ kind: 'text', text: content });

/** The record's value of this number, where Windows leaves the element out when there is none. */
export const optional = (index: number): XmlPart => ({ kind: 'value', index, isOptional: true });

export const value = (index: number): XmlPart => ({ kind: 'value', index, isOptional: false });

export const element = (
  name: string,
  attributes: Readonly<Record<string, string | XmlPart>>,
  ...children: readonly XmlNode[]
): XmlElement => ({
  kind: 'element',
  name,
  attributes: Object.entries(attributes).map(([attribute, content]) => ({
    name: attribute,
    parts: [typeof content === 'string' ? text(content) : content],
  })),
  children,
});

/** An event's System element as Windows' providers have it, with event id and channel given, and what stands beside it. */
export const eventTree = (id: number, channel: string, ...rest: readonly XmlNode[]): readonly XmlNode[] => [
  element(
    'Event',
    { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
    element(
      'System',
      {},
      element('Provider', { Name: 'Test-Provider' }),
      element('EventID', {}, text(String(id))),
      element('Channel', {}, text(channel)),
    ),
    ...rest,
  ),
];

export const data = (name: string, ...children: readonly XmlNode[]): XmlElement =>
  element('Data', { Name: name }, ...children);
