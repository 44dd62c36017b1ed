/** Tokens of binary XML. Source: [MS-EVEN6] 2.2.12, and libyal's description of the file format. */
export const token = {
  end: 0x00,
  openElement: 0x01,
  closeStartElement: 0x02,
  closeEmptyElement: 0x03,
  endElement: 0x04,
  value: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  characterReference: 0x08,
  entityReference: 0x09,
  instructionTarget: 0x0a,
  instructionData: 0x0b,
  instance: 0x0c,
  normalValue: 0x0d,
  optionalValue: 0x0e,
  fragment: 0x0f,
} as const;

/** Added to a token: more of its kind follow; of an element: it has attributes. */
export const hasMore = 0x40;
