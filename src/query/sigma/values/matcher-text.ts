import { assertNever } from '../../../model/assert-never.ts';
import type { Matcher } from './matcher.ts';
import { renderPattern } from './pattern.ts';

const signs = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=' } as const;

/** What a value of an item asks for, in a reader's words. */
export const matcherText = (matcher: Matcher): string => {
  switch (matcher.kind) {
    case 'text':
      return renderPattern(matcher.pattern);
    case 'number':
    case 'boolean':
      return String(matcher.value);
    case 'null':
      return 'null';
    case 'exists':
      return matcher.wanted ? 'any value' : 'no such field';
    case 'regex':
      return `/${matcher.source}/${matcher.flags}`;
    case 'cidr':
      return matcher.prefix.text;
    case 'compare':
      return `${signs[matcher.operator]} ${matcher.value}`;
    case 'time':
      return `${matcher.part} ${signs[matcher.operator]} ${matcher.value}`;
    case 'fieldref':
      return `${matcher.where} the value of ${matcher.field}`;
    case 'any':
      return matcher.of.map(matcherText).join(' or ');
    default:
      return assertNever(matcher);
  }
};
