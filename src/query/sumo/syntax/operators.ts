/** Aggregate functions, by their names in lower case. */
export const aggregateNames: ReadonlySet<string> = new Set([
  'count',
  'count_distinct',
  'count_frequent',
  'sum',
  'avg',
  'min',
  'max',
  'stddev',
  'pct',
  'pct_sampling',
  'median',
  'first',
  'last',
  'values',
  'most_recent',
  'least_recent',
]);

/** Operators that are known and not planned yet: they are read as far as the next pipe, and refused at their place. */
export const otherOperators: ReadonlySet<string> = new Set([
  ...['asn', 'bin', 'cat', 'eventcount', 'filter', 'logcompare', 'logexplain', 'logreduce', 'save', 'sessionize'],
  ...['sumologic', 'threatip', 'threatlookup', 'trace', 'transactionize'],
]);
