import type { FunctionTable, SqlFunction } from '../function-table.ts';
import { coerce } from '../coerce.ts';

const infix = (operator: string): SqlFunction => ({
  params: ['bool'],
  variadic: true,
  render: (args) => `(${args.map(({ sql }) => sql).join(` ${operator} `)})`,
});

const iff: SqlFunction = {
  params: ['bool', 'any', 'any'],
  render: ([condition, yes, no], call, context) => {
    const branch = (arg: typeof yes): string => (arg === undefined ? 'NULL' : coerce(arg, call.type, context).sql);
    return `CASE WHEN ${condition?.sql} THEN ${branch(yes)} ELSE ${branch(no)} END`;
  },
};

/** Condition, value, condition, value …, otherwise. */
const caseOf: SqlFunction = {
  params: ['any'],
  variadic: true,
  render: (args, call, context) => {
    const value = (index: number): string => {
      const arg = args[index];
      return arg === undefined ? 'NULL' : coerce(arg, call.type, context).sql;
    };
    const pairs = Math.floor((args.length - 1) / 2);
    const whens = Array.from({ length: pairs }, (_, index) => {
      const condition = args[2 * index];
      return `WHEN ${condition === undefined ? 'NULL' : coerce(condition, 'bool', context).sql} THEN ${value(2 * index + 1)}`;
    });
    return `CASE ${whens.join(' ')} ELSE ${value(args.length - 1)} END`;
  },
};

/** The first that is not null; of texts, the first that is not empty. */
const coalesce: SqlFunction = {
  params: ['any'],
  variadic: true,
  mayBeNullText: true,
  render: (args, call, context) => {
    const values = args.map((arg) => coerce(arg, call.type, context).sql);
    return `coalesce(${(call.type === 'string' ? values.map((sql) => `nullif(${sql}, '')`) : values).join(', ')})`;
  },
};

const isNull: SqlFunction = {
  params: ['any'],
  neverNull: true,
  render: ([arg]) => (arg?.type === 'string' ? 'FALSE' : `(${arg?.sql} IS NULL)`),
};

const isNotNull: SqlFunction = {
  params: ['any'],
  neverNull: true,
  render: ([arg]) => (arg?.type === 'string' ? 'TRUE' : `(${arg?.sql} IS NOT NULL)`),
};

/** An empty text or a null; an empty array or bag is something. */
const isEmpty: SqlFunction = {
  params: ['any'],
  neverNull: true,
  render: ([arg]) => {
    if (arg?.type === 'string') return `(${arg.sql} = '')`;
    if (arg?.type === 'dynamic') return `(${arg.sql} IS NULL OR ${arg.sql} IN ('""'))`;
    return `(${arg?.sql} IS NULL)`;
  },
};

const isNotEmpty: SqlFunction = {
  params: ['any'],
  neverNull: true,
  render: (args, call, context) => `(NOT ${isEmpty.render(args, call, context)})`,
};

export const logicFunctions: FunctionTable = {
  and: infix('AND'),
  or: infix('OR'),
  not: { params: ['bool'], render: ([arg]) => `(NOT ${arg?.sql})` },
  iff,
  iif: iff,
  case: caseOf,
  coalesce,
  /** A condition that must hold; where it does not, the query ends with the message. */
  assert: {
    params: ['bool', 'string'],
    neverNull: true,
    render: ([condition, message]) => `CASE WHEN ${condition?.sql} THEN TRUE ELSE error(${message?.sql})::BOOLEAN END`,
  },
  isnull: isNull,
  isnotnull: isNotNull,
  notnull: isNotNull,
  isempty: isEmpty,
  isnotempty: isNotEmpty,
  notempty: isNotEmpty,
};
