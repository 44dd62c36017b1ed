import type { Command, Pipeline, Statement } from '../../../src/windows/powershell/syntax/ast.ts';
import type { Expression } from '../../../src/windows/powershell/syntax/expression-ast.ts';
import { parsePowerShell } from '../../../src/windows/powershell/syntax/parse.ts';

const renderBlock = (statements: readonly Statement[]): string => `{${statements.map(renderStatement).join('; ')}}`;

const renderCommand = ({ invocation, name, arguments: args, redirections }: Command): string => {
  const words = args.map((arg) => {
    switch (arg.kind) {
      case 'value':
        return renderExpression(arg.value);
      case 'parameter':
        return `-${arg.name}${arg.value === null ? '' : `:${renderExpression(arg.value)}`}`;
      case 'splat':
        return `@${arg.variable}`;
      case 'verbatim':
        return `--% ${arg.text}`;
    }
  });
  const targets = redirections.map((redirection) =>
    redirection.kind === 'merge'
      ? `${redirection.from}→${redirection.to}`
      : `${redirection.stream}${redirection.append ? '>>' : '>'}${renderExpression(redirection.target)}`,
  );
  return `(${[`${invocation}cmd`, renderExpression(name), ...words, ...targets].join(' ')})`;
};

const renderPipeline = ({ elements }: Pipeline): string =>
  elements
    .map((element) => (element.kind === 'command' ? renderCommand(element) : renderExpression(element.expression)))
    .join(' | ');

const renderExpression = (expression: Expression): string => {
  switch (expression.kind) {
    case 'number':
      return `${String(expression.value)}${expression.type === 'int' ? '' : `:${expression.type}`}`;
    case 'string':
      return expression.bare ? expression.value : `'${expression.value}'`;
    case 'expandable':
      return `"${expression.parts.map((part) => (typeof part === 'string' ? part : `<${renderExpression(part)}>`)).join('')}"`;
    case 'variable':
      return `$${expression.qualifier === null ? '' : `${expression.qualifier}:`}${expression.name}`;
    case 'array':
      return `[${expression.elements.map(renderExpression).join(' ')}]`;
    case 'array-expression':
      return `@${renderBlock(expression.body.statements)}`;
    case 'sub-expression':
      return `$${renderBlock(expression.body.statements)}`;
    case 'paren':
      return `(${renderStatement(expression.statement)})`;
    case 'hashtable':
      return `@{${expression.entries.map(({ key, value }) => `${renderExpression(key)}=${renderStatement(value)}`).join('; ')}}`;
    case 'script-block-expression':
      return `block${renderBlock(expression.block.end?.statements ?? [])}`;
    case 'type':
      return `type(${expression.name})`;
    case 'cast':
      return `(${expression.type})${renderExpression(expression.operand)}`;
    case 'member':
      return `${renderExpression(expression.target)}${expression.isStatic ? '::' : '.'}${renderExpression(expression.name)}`;
    case 'invoke':
      return `${renderExpression(expression.target)}${expression.isStatic ? '::' : '.'}${renderExpression(expression.name)}(${expression.arguments.map(renderExpression).join(', ')})`;
    case 'index':
      return `${renderExpression(expression.target)}[${renderExpression(expression.index)}]`;
    case 'unary':
      return `(${expression.operator} ${renderExpression(expression.operand)})`;
    case 'binary':
      return `(${expression.operator}${expression.caseSensitive ? '!' : ''} ${renderExpression(expression.left)} ${renderExpression(expression.right)})`;
  }
};

const renderStatement = (statement: Statement): string => {
  switch (statement.kind) {
    case 'pipeline':
      return renderPipeline(statement);
    case 'assignment':
      return `${renderExpression(statement.target)} ${statement.operator} ${renderStatement(statement.value)}`;
    default:
      return statement.kind;
  }
};

/** A compact form of what a script parses to; of one that does not parse, PowerShell's error id and the place. */
export const renderParsed = (text: string): string => {
  const parsed = parsePowerShell(text);
  if (parsed.ok) return (parsed.value.end?.statements ?? []).map(renderStatement).join('; ');
  const [diagnostic] = parsed.diagnostics;
  return `${diagnostic?.code ?? ''} ${diagnostic?.place?.line ?? 0}:${diagnostic?.place?.column ?? 0}`;
};
