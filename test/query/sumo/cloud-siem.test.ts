import { expect } from 'chai';
import type { CloudSiemRule, RuleText } from '../../../src/model/cloud-siem-rule.ts';
import type { SumoDialect } from '../../../src/query/sumo/dialect.ts';
import { loadEventSchema } from '../../../src/telemetry/catalog.ts';
import { compiled, now, openWith, relationOf } from '../support.ts';
import { day, end, hour, minute } from './messages.ts';

const place = { file: 'rule.yaml', line: 1, column: 1 };

/** An expression that stands at a line of the rule's file. */
const at = (text: string, line = 5): RuleText => ({
  text,
  place: { file: 'rule.yaml', line, column: 15 },
  origin: { file: 'rule.yaml', line, column: 15 },
});

const shared = {
  entitySelectors: [{ entityType: '_ip', expression: at('srcDevice_ip', 3) }],
  groupByFields: [],
  place,
};

type Record_ = Readonly<Record<string, string | number>>;

const { columns } = loadEventSchema('sec_record_network');

const record = (time: number, fields: Record_ = {}): Record_ => ({
  timestamp: time,
  objectType: 'Network',
  srcDevice_ip: '10.0.0.5',
  dstPort: 443,
  ...fields,
});

const signals = async (rule: CloudSiemRule, records: readonly Record_[], sumo: Partial<SumoDialect> = {}) => {
  await using opened = await openWith([relationOf('sec_record_network', columns, records)], [], sumo);
  const query = compiled(opened.engine.compileRule(rule));
  const result = await opened.engine.run(query, { now });
  const names = result.columns.map(({ name }) => name);
  return result.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
};

const match = (expression: string): CloudSiemRule => ({ kind: 'match', expression: at(expression), ...shared });

describe('a Cloud SIEM rule', function () {
  this.timeout(60_000);

  it('match: a signal for each entity, with its records’ number and times', async () => {
    const records = [
      record(end - 3 * minute),
      record(end - minute),
      record(end - minute, { srcDevice_ip: '10.0.0.6', dstPort: 22 }),
    ];
    expect(await signals(match("objectType = 'Network' and dstPort = 443"), records)).to.deep.equal([
      { entity_type: '_ip', entity: '10.0.0.5', records: 2, first_record: end - 3 * minute, last_record: end - minute },
    ]);
  });

  it('reads the rule language: like, rlike, matches, in, between, functions, single quotes, null', async () => {
    const records = [record(end, { dns_query: 'evil.example.org', dstPort: 8443 })];
    const holds = async (expression: string): Promise<boolean> =>
      (await signals(match(expression), records)).length > 0;
    expect(await holds("dns_query like '%.example.org'")).to.equal(true);
    expect(await holds("dns_query rlike '(?i)EVIL'")).to.equal(true);
    expect(await holds('dns_query matches /evil\\.[a-z]+/')).to.equal(true);
    expect(await holds("dns_query matches 'evil*'")).to.equal(true);
    expect(await holds("dstPort in (22, 8443) && !(dns_query matches '*.com')")).to.equal(true);
    expect(await holds('dstPort between 8000 and 8500')).to.equal(true);
    expect(await holds('length(dns_query) - 5 > 10')).to.equal(true);
    expect(await holds("application = 'x'")).to.equal(false);
    expect(await holds("!(application = 'x')")).to.equal(true);
    expect(await holds('null = null')).to.equal(false);
    expect(await holds("array_contains(listMatches, 'vuln_scanners')")).to.equal(false);
    expect(await holds("isNull(fields['EventID'])")).to.equal(true);
    expect(await holds('json field=fields "a" as alias | where isNull(alias) and dstPort = 8443')).to.equal(true);
  });

  it('points at what it cannot read, in the rule’s own file', async () => {
    await using opened = await openWith([relationOf('sec_record_network', columns, [])]);
    const problems = (expression: string) =>
      opened.engine
        .compileRule(match(expression))
        .diagnostics.map(({ code, severity, place: where }) => `${severity} ${code} ${where?.line}:${where?.column}`);
    expect(problems('dstPort = ')).to.deep.equal(['error sumo/syntax 5:24']);
    expect(problems('dstPort = 1 and nosuch = 2')).to.deep.equal(['error sumo/unknown-field 5:31']);
    expect(problems("hasThreatMatch(srcDevice_ip, 'confidence > 1')")).to.deep.equal(['error sumo/unsupported 5:15']);
    expect(problems("http_url_fqdn = 'x'")).to.deep.equal(['warning cloud-siem/unfilled-field 5:15']);
  });

  it('threshold: so many records of one entity within a window, wherever it begins', async () => {
    const rule: CloudSiemRule = {
      ...{ kind: 'threshold', expression: at("objectType = 'Network'"), limit: 3, windowSeconds: 600 },
      ...{ countDistinct: false, countField: null, ...shared },
    };
    const apart = (gap: number) => [0, 1, 2].map((index) => record(end - hour + index * gap));
    expect(await signals(rule, apart(4 * minute))).to.have.lengthOf(1);
    expect(await signals(rule, apart(5 * minute))).to.have.lengthOf(0);
    const others = apart(minute).map((each, index) => ({ ...each, srcDevice_ip: `10.0.0.${index}` }));
    expect(await signals(rule, others)).to.have.lengthOf(0);
    const ports: CloudSiemRule = { ...rule, countDistinct: true, countField: at('dstPort', 7) };
    expect(await signals(ports, apart(minute))).to.have.lengthOf(0);
    const scan = apart(minute).map((each, index) => ({ ...each, dstPort: 1000 + index }));
    expect(await signals(ports, scan)).to.have.lengthOf(1);
    expect(await signals({ ...ports, groupByFields: [at('dstPort', 8)] }, scan)).to.have.lengthOf(0);
  });

  it('chain: every expression as often as it asks, in order where it says so', async () => {
    const chain = (ordered: boolean): CloudSiemRule => ({
      kind: 'chain',
      expressionsAndLimits: [
        { expression: at('dstPort = 22', 6), limit: 2 },
        { expression: at('dstPort = 443', 7), limit: 1 },
      ],
      ...{ ordered, windowSeconds: 1800, ...shared },
    });
    const ports = (list: readonly number[]) =>
      list.map((dstPort, index) => record(end - hour + index * minute, { dstPort }));
    expect(await signals(chain(true), ports([22, 22, 443]))).to.have.lengthOf(1);
    expect(await signals(chain(true), ports([443, 22, 22]))).to.have.lengthOf(0);
    expect(await signals(chain(false), ports([443, 22, 22]))).to.have.lengthOf(1);
    expect(await signals(chain(false), ports([443, 22]))).to.have.lengthOf(0);
  });

  it('aggregation: functions over a window, and a condition over what they give', async () => {
    const rule: CloudSiemRule = {
      ...{
        kind: 'aggregation',
        matchExpression: at("objectType = 'Network'"),
        windowSeconds: 1800,
        groupByEntity: true,
      },
      aggregationFunctions: [
        { name: 'ports', function: 'count_distinct', arguments: [at('dstPort', 8)] },
        { name: 'total', function: 'sum', arguments: [at('bytesOut', 9)] },
      ],
      ...{ triggerExpression: at('ports > 2 and total >= 60', 10), ...shared },
    };
    const sent = [10, 20, 30].map((bytesOut, index) =>
      record(end - hour + index * minute, { dstPort: index, bytesOut }),
    );
    expect(await signals(rule, sent)).to.deep.equal([
      {
        entity_type: '_ip',
        entity: '10.0.0.5',
        records: 1,
        ports: 3,
        total: 60,
        first_record: end - hour + 2 * minute,
        last_record: end - hour + 2 * minute,
      },
    ]);
    expect(await signals(rule, sent.slice(1))).to.have.lengthOf(0);
  });

  it('first seen: a value that the entity did not have, once the baseline has been learned', async () => {
    const rule: CloudSiemRule = {
      ...{ kind: 'first-seen', filterExpression: at("objectType = 'Network'"), valueFields: [at('dstPort', 8)] },
      ...{ baselineType: 'PER_ENTITY', baselineSeconds: 86_400, retentionSeconds: 10 * 86_400, ...shared },
    };
    const old = [record(end - 2 * day), record(end - 2 * day, { srcDevice_ip: '10.0.0.6' })];
    expect(await signals(rule, [...old, record(end - hour)])).to.have.lengthOf(0);
    expect(await signals(rule, [...old, record(end - hour, { dstPort: 4444 })])).to.have.lengthOf(1);
    expect(await signals(rule, [record(end - hour, { dstPort: 4444 })])).to.have.lengthOf(0);
    const known = record(end - 2 * day, { srcDevice_ip: '10.0.0.6', dstPort: 4444 });
    expect(
      await signals({ ...rule, baselineType: 'GLOBAL' }, [...old, known, record(end - hour, { dstPort: 4444 })]),
    ).to.have.lengthOf(0);
  });

  it('outlier: a window far above its baseline, and above the floor', async () => {
    const rule = (floorValue: number): CloudSiemRule => ({
      ...{
        kind: 'outlier',
        matchExpression: at("objectType = 'Network'"),
        windowSeconds: 3600,
        floorValue,
        deviationThreshold: 3,
      },
      aggregationFunctions: [{ name: 'total', function: 'count', arguments: [at('dstPort', 9)] }],
      ...{ baselineSeconds: 6 * 3600, retentionSeconds: 86_400, ...shared },
    });
    const counts = [3, 4, 3, 4, 3, 4, 3, 20];
    const records = counts.flatMap((count, index) =>
      Array.from({ length: count }, (_, each) => record(end - (counts.length - index) * hour + each)),
    );
    expect(await signals(rule(0), records)).to.have.lengthOf(1);
    expect(await signals(rule(30), records)).to.have.lengthOf(0);
    expect(await signals(rule(0), records.slice(0, -20))).to.have.lengthOf(0);
  });

  it('knows where its rows went, clause by clause', async () => {
    await using opened = await openWith([relationOf('sec_record_network', columns, [record(end)])]);
    const query = compiled(opened.engine.compileRule(match("objectType = 'Network' and dstPort = 22")));
    const counts = new Map((await opened.engine.funnel(query, { now })).map((count) => [count.id, count]));
    const clause = query.clauses.find((each) => each.clause === 'dstPort = 22');
    expect(counts.get(clause?.id ?? '')).to.include({ rowsIn: 1, rows: 0 });
    expect(clause?.place).to.include({ file: 'rule.yaml', line: 5, column: 42 });
    expect(clause?.reads).to.deep.equal([{ table: 'sec_record_network', column: 'dstPort' }]);
  });
});
