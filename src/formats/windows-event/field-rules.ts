import type { XmlElement, XmlNode, XmlPart } from './tree.ts';

/**
 * What an element of an event is called depends on where it stands: below `System` as Sigma names it (`EventID`, `Provider_Name`),
 * in `EventData` by its `Name`, in `UserData` by its element.
 */
export type FieldContext = 'document' | 'event' | 'system' | 'data' | 'rendering';

/** One field of an event: its name, and the parts of its text. */
export interface FieldRule {
  readonly kind: 'field';
  readonly name: string;
  /** Parts of a name that only the record knows; null almost always. */
  readonly nameParts: readonly XmlPart[] | null;
  readonly parts: readonly XmlPart[];
  /** The number of the value, when the text is one value and nothing else; -1 otherwise. */
  readonly value: number;
  /** An element without text is an empty field; an attribute, or a container's own text, is then no field. */
  readonly keepsEmpty: boolean;
  /** Whether it is no field either when its value is missing, though it keeps an empty text. */
  readonly isOptional: boolean;
  /** Where the elements stand that a value brings with it. */
  readonly inner: FieldContext;
  /** Under which name the System element's value goes on when this field takes its name. */
  readonly displaces: string | null;
}

export type Rule = FieldRule | { readonly kind: 'instance'; readonly offset: number; readonly context: FieldContext };

/** Names below `System` that no event's own data keeps its hands off: `Channel` in event 104, `Level`, `Version` … */
const systemNames = new Set(
  ['Version', 'Level', 'Task', 'Opcode', 'Keywords', 'EventRecordID', 'Channel', 'Computer'].concat(
    ['Provider_Name', 'Provider_Guid', 'Provider_EventSourceName', 'EventID_Qualifiers', 'TimeCreated_SystemTime'],
    ['Correlation_ActivityID', 'Correlation_RelatedActivityID', 'Execution_ProcessID', 'Execution_ThreadID'],
    ['Security_UserID'],
  ),
);

/** The fields of a tree, in document order. */
export const fieldRules = (nodes: readonly XmlNode[], context: FieldContext): readonly Rule[] => {
  const rules: Rule[] = [];
  for (const node of nodes) addNode(rules, node, context);
  return rules;
};

const addNode = (rules: Rule[], node: XmlNode, context: FieldContext): void => {
  if (node.kind === 'element') addElement(rules, node, context);
  else if (node.kind === 'instance') rules.push({ kind: 'instance', offset: node.offset, context });
  else if (node.kind === 'value') rules.push(fieldRule(nameOfText[context], null, [node], false, context));
  else if (node.text.trim() !== '') rules.push(fieldRule(nameOfText[context], null, [node], false, context));
};

/** Text that stands between elements, where none belongs. */
const nameOfText: Readonly<Record<FieldContext, string>> = {
  document: 'Event',
  event: 'Event',
  system: 'System',
  data: 'Data',
  rendering: 'RenderingInfo',
};

const addElement = (rules: Rule[], element: XmlElement, context: FieldContext): void => {
  const inner = contextInside(element, context);
  const isContainer =
    context === 'document' || context === 'event' || element.children.some(({ kind }) => kind === 'element');
  const name = elementName(element, context, isContainer);
  if (isContainer) {
    addAttributes(rules, element, name.text, context);
    for (const child of element.children) addNode(rules, child, inner);
    return;
  }
  const parts = element.children.filter((child) => child.kind === 'text' || child.kind === 'value');
  // `<Execution ProcessID="4"/>` has no text that could be empty.
  if (context !== 'system' || parts.length > 0) {
    rules.push(fieldRule(name.text, name.parts, parts, true, inner, context));
  }
  addAttributes(rules, element, name.text, context, name.isFromAttribute);
  for (const child of element.children) if (child.kind === 'instance') addNode(rules, child, inner);
};

const contextInside = (element: XmlElement, context: FieldContext): FieldContext => {
  if (context === 'document') return element.name === 'Event' ? 'event' : 'data';
  if (context !== 'event') return context;
  if (element.name === 'System') return 'system';
  return element.name === 'RenderingInfo' ? 'rendering' : 'data';
};

interface ElementName {
  readonly text: string;
  readonly parts: readonly XmlPart[] | null;
  readonly isFromAttribute: boolean;
}

const elementName = (element: XmlElement, context: FieldContext, isContainer: boolean): ElementName => {
  const own = { text: element.name, parts: null, isFromAttribute: false };
  // The rendered message is what people search; the other rendered texts must not pass for the System element's numbers.
  if (context === 'rendering')
    return element.name === 'Message' ? own : { ...own, text: `RenderingInfo_${element.name}` };
  if (context !== 'data' || isContainer) return own;
  const named = element.attributes.find(({ name }) => name === 'Name');
  if (named === undefined) return own;
  if (named.parts.some(({ kind }) => kind === 'value')) return { text: '', parts: named.parts, isFromAttribute: true };
  const text = constantText(named.parts);
  return text === '' ? own : { text, parts: null, isFromAttribute: true };
};

export const constantText = (parts: readonly XmlPart[]): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');

const addAttributes = (
  rules: Rule[],
  { attributes }: XmlElement,
  owner: string,
  context: FieldContext,
  isNamed = false,
): void => {
  for (const { name, parts } of attributes) {
    if (isNamespace(name) || (isNamed && name === 'Name')) continue;
    rules.push(fieldRule(`${owner}_${name}`, null, parts, false, 'data', context));
  }
};

const isNamespace = (name: string): boolean => name === 'xmlns' || name.startsWith('xmlns:');

const fieldRule = (
  name: string,
  nameParts: readonly XmlPart[] | null,
  parts: readonly XmlPart[],
  keepsEmpty: boolean,
  inner: FieldContext,
  context: FieldContext = inner,
): FieldRule => {
  const only = parts.length === 1 ? parts[0] : undefined;
  return {
    kind: 'field',
    ...(context === 'system' ? { name, displaces: null } : nameInData(name)),
    nameParts,
    parts,
    value: only?.kind === 'value' ? only.index : -1,
    isOptional: only?.kind === 'value' && only.isOptional,
    keepsEmpty,
    inner,
  };
};

/** What data is called beside the System element's facts. */
export const nameInData = (name: string): Pick<FieldRule, 'name' | 'displaces'> => ({
  // What an event is stays what the system says it is; the data may call something else an event's id.
  name: name === 'EventID' ? 'EventData_EventID' : name,
  displaces: systemNames.has(name) ? `System_${name}` : null,
});
