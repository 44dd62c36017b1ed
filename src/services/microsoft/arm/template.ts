/** A template that says what this service does not understand. */
export class TemplateError extends Error {}

type Part = Readonly<Record<string, unknown>>;

interface Scope {
  readonly parameters: Part;
  readonly variables: Part;
  readonly location: string;
}

/**
 * The resources of an Azure Resource Manager template with its expressions put in: `parameters`, `variables`, `concat` and
 * `resourceGroup().location`. Throws `TemplateError` at any other.
 */
export const renderTemplate = (template: Part, given: Part, location: string): readonly Part[] => {
  const declared = partOf(template['parameters']);
  const parameters = Object.fromEntries(
    Object.entries(declared).map(([name, declaration]) => {
      const value = partOf(given[name])['value'] ?? partOf(declaration)['defaultValue'];
      if (value === undefined)
        throw new TemplateError(`The value for the template parameter '${name}' is not provided.`);
      return [name, value];
    }),
  );
  const scope = { parameters, variables: partOf(template['variables']), location };
  const resources = Array.isArray(template['resources']) ? template['resources'] : [];
  return resources.map((resource) => {
    const rendered = partOf(render(resource, scope));
    for (const key of ['type', 'name'])
      if (typeof rendered[key] !== 'string') throw new TemplateError(`A resource has no '${key}'.`);
    return rendered;
  });
};

const partOf = (value: unknown): Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : {};

const render = (value: unknown, scope: Scope): unknown => {
  if (typeof value === 'string') return /^\[(?!\[)[\s\S]*\]$/.test(value) ? evaluate(value.slice(1, -1), scope) : value;
  if (Array.isArray(value)) return value.map((item) => render(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, render(item, scope)]));
};

const evaluate = (text: string, scope: Scope): unknown => {
  const expression = text.trim();
  if (/^'(?:[^']|'')*'$/.test(expression)) return expression.slice(1, -1).replaceAll("''", "'");
  if (/^-?\d+$/.test(expression)) return Number(expression);
  if (/^resourceGroup\(\s*\)\.location$/i.test(expression)) return scope.location;
  const [, name = '', inner = ''] = /^(\w+)\(([\s\S]*)\)$/.exec(expression) ?? [];
  const values = name === '' ? [] : argumentsOf(inner).map((argument) => evaluate(argument, scope));
  switch (name.toLowerCase()) {
    case 'parameters':
      return lookUp(scope.parameters, values[0], 'parameter');
    case 'variables':
      return render(lookUp(scope.variables, values[0], 'variable'), scope);
    case 'concat':
      return values.map(String).join('');
    default:
      throw new TemplateError(`The expression '${expression.slice(0, 100)}' is not supported here.`);
  }
};

const lookUp = (among: Part, name: unknown, what: string): unknown => {
  const key = Object.keys(among).find((one) => one.toLowerCase() === String(name).toLowerCase());
  if (key === undefined) throw new TemplateError(`The template ${what} '${String(name)}' is not found.`);
  return among[key];
};

/** Split at the commas that are in no string and no parentheses. */
const argumentsOf = (text: string): readonly string[] => {
  const found: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let start = 0;
  for (const [index, character] of [...text].entries()) {
    if (character === "'") isQuoted = !isQuoted;
    else if (!isQuoted && character === '(') depth += 1;
    else if (!isQuoted && character === ')') depth -= 1;
    else if (!isQuoted && depth === 0 && character === ',') {
      found.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return text.trim() === '' ? [] : [...found, text.slice(start)];
};
