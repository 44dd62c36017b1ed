/** The XML of a Windows event, or of the template it was logged with. Values stand where a record fills them in. */
export interface XmlElement {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
}

export interface XmlAttribute {
  readonly name: string;
  readonly parts: readonly XmlPart[];
}

export type XmlPart =
  | { readonly kind: 'text'; readonly text: string }
  /** A record's value, by its number in the record. An element whose optional value is missing is not there at all. */
  | { readonly kind: 'value'; readonly index: number; readonly isOptional: boolean };

export type XmlNode =
  | XmlElement
  | XmlPart
  /** Binary XML only: a template with its own values, at an offset of the chunk. */
  | { readonly kind: 'instance'; readonly offset: number };
