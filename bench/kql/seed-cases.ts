import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hasAny, list, type Case } from './case.ts';

const detection = (file: string): string =>
  readFileSync(resolve(import.meta.dirname, '../../detections', file), 'utf8');

/** The words of a `dynamic([…])` of the rule itself, so that both sides look for the same. */
const wordsOf = (text: string, name: string): readonly string[] =>
  [...(new RegExp(`let ${name} = dynamic\\(\\[([^\\]]*)\\]`).exec(text)?.[1] ?? '').matchAll(/"([^"]*)"/g)].map(
    ([, word = '']) => word,
  );

const beacon = detection('T1583.003/maintained/t1583-003.kql');
const quietServers = detection('T1583.004/maintained/t1583-004.kql');
const hosting = detection('T1583/maintained/t1583.kql');

const lowered = (words: readonly string[]): string => list(words.map((word) => word.toLowerCase()));

/** Names of a `!in~ ( … )` that stands in the rule. */
const notIn = (text: string): readonly string[] =>
  [...(/!in~ \(\s*("[^)]*)\)/.exec(text)?.[1] ?? '').matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);

/** The first `n` of a set in the order in which they came, as the service lists them. */
const firstOf = (name: string, source: string, keys: string, value: string, n: number): string =>
  `${name} AS (SELECT ${keys}, list(x ORDER BY o)[1:${n}] AS l FROM (SELECT ${keys}, ${value} x, min(o) o FROM ${source} WHERE ${value} <> '' GROUP BY ALL) GROUP BY ALL)`;

export const seedCases: readonly Case[] = [
  {
    name: 'seed 000, beaconing (T1583.003)',
    kql: beacon,
    sql: `WITH found AS (SELECT *, time_bucket(INTERVAL 1 HOUR, "Timestamp") h, rowid o FROM "DeviceNetworkEvents" WHERE "Timestamp" > TIMESTAMP '2026-11-19 13:00:00'
  AND "ActionType" IN ('ConnectionSuccess', 'NetworkSignatureInspected') AND "RemoteIPType" = 'Public'
  AND lower("InitiatingProcessFileName") NOT IN (${lowered([...wordsOf(beacon, 'ExcludedBrowsers'), ...wordsOf(beacon, 'ExcludedSystemProcesses')])})),
groups AS (SELECT "DeviceName" d, "InitiatingProcessAccountName" a, "InitiatingProcessFileName" f, "InitiatingProcessCommandLine" c, "RemoteIP" ip, h, count(*) n, count(DISTINCT "RemotePort") ports
  FROM found GROUP BY ALL HAVING n >= 12),
${firstOf('sets', `(SELECT "DeviceName" d, "InitiatingProcessAccountName" a, "InitiatingProcessFileName" f, "InitiatingProcessCommandLine" c, "RemoteIP" ip, h, "RemotePort" p, o FROM found)`, 'd, a, f, c, ip, h', 'p', 5).replace(" WHERE p <> ''", '')},
listed AS (SELECT "NetworkIP" i, "ThreatType" t, "ConfidenceScore" s, "Description" e FROM (SELECT * FROM "ThreatIntelligenceIndicator" WHERE "TimeGenerated" > TIMESTAMP '2026-11-13 13:00:00' AND "NetworkIP" <> ''
  QUALIFY row_number() OVER (PARTITION BY "NetworkIP" ORDER BY "TimeGenerated" DESC) = 1) WHERE "Active")
SELECT h, d, a, f, c, ip, n, round(n / 60, 2), ports, l, i IS NOT NULL m, coalesce(t, ''), s, coalesce(e, ''),
  CASE WHEN m AND n >= 20 THEN 95 WHEN m AND n >= 12 THEN 80 WHEN m THEN 65 WHEN n >= 30 AND ports <= 1 THEN 60 WHEN n >= 20 AND ports <= 2 THEN 45 WHEN n >= 12 THEN 30 ELSE 20 END score
FROM groups JOIN sets USING (d, a, f, c, ip, h) LEFT JOIN listed ON ip = i ORDER BY score DESC, n DESC`,
  },
  {
    name: 'seed 001, servers (T1583.004)',
    kql: quietServers,
    sql: `WITH found AS (SELECT *, rowid o FROM "DeviceNetworkEvents" WHERE "Timestamp" > TIMESTAMP '2026-11-19 13:00:00' AND "ActionType" = 'ConnectionSuccess' AND "RemoteIPType" = 'Public'
  AND NOT ${hasAny('"RemoteUrl"', wordsOf(quietServers, 'KnownGoodDomains'))}
  AND lower("InitiatingProcessFileName") NOT IN (${lowered(notIn(quietServers))})),
groups AS (SELECT "DeviceName" d, "InitiatingProcessAccountName" a, "RemoteIP" ip, "RemoteUrl" u, count(*) n, min("Timestamp") first_seen, max("Timestamp") latest, count(DISTINCT "RemotePort") ports
  FROM found GROUP BY ALL HAVING n >= 10 AND date_diff('minute', first_seen, latest) > 30),
keyed AS (SELECT "DeviceName" d, "InitiatingProcessAccountName" a, "RemoteIP" ip, "RemoteUrl" u, "RemotePort" p, "InitiatingProcessFileName" f, o FROM found),
${firstOf('ports', 'keyed', 'd, a, ip, u', 'p', 10).replace(" WHERE p <> ''", '')},
${firstOf('names', 'keyed', 'd, a, ip, u', 'f', 5)},
scored AS (SELECT *, date_diff('minute', first_seen, latest) mins, mins / n::DOUBLE per, ports.l pl, names.l nl,
  ${hasAny(`array_to_string(names.l, ' ')`, wordsOf(quietServers, 'SuspiciousProcesses'))} odd, per BETWEEN 0.5 AND 60 steady
  FROM groups JOIN ports USING (d, a, ip, u) JOIN names USING (d, a, ip, u))
SELECT latest, d, a, ip, u, n, mins, per, ports, pl, nl, odd, steady, CASE WHEN odd AND steady THEN 3 WHEN odd THEN 2 WHEN steady AND n > 30 THEN 2 ELSE 1 END score
FROM scored WHERE steady OR odd ORDER BY score DESC, n DESC`,
  },
  {
    name: 'seed 002, hosting providers (T1583)',
    kql: hosting,
    sql: `WITH found AS (SELECT *, rowid o FROM "SigninLogs" WHERE "TimeGenerated" >= TIMESTAMP '2026-11-19 13:00:00' AND "ResultType" = '0'
  AND (coalesce(TRY_CAST("AutonomousSystemNumber" AS INTEGER) IN (9009, 202448, 16276, 14061, 63949, 24940, 51167, 47583, 60068, 174, 3257), FALSE)
    OR ${hasAny('"NetworkLocationDetails"', ['vpn', 'tor', 'proxy', 'anonymizer', 'hosting', 'datacenter'])} OR ${hasAny('"RiskEventTypes_V2"', ['anonymizedIPAddress', 'maliciousIPAddress'])})
  AND "IPAddress" NOT IN ('127.0.0.1', '::1', '0.0.0.0')),
groups AS (SELECT "UserPrincipalName" u, "AutonomousSystemNumber" asn, "NetworkLocationDetails" nl, count(*) n, count(DISTINCT "IPAddress") ips, min("TimeGenerated") first_seen, max("TimeGenerated") latest FROM found GROUP BY ALL),
keyed AS (SELECT "UserPrincipalName" u, "AutonomousSystemNumber" asn, "NetworkLocationDetails" nl, "AppDisplayName" a, o FROM found),
${firstOf('apps', 'keyed', 'u, asn, nl', 'a', 10)},
scored AS (SELECT *, CASE WHEN ${hasAny(`array_to_string(l, ' ')`, ['Azure Portal', 'Microsoft Azure Management', 'Azure Active Directory'])} THEN 9 WHEN ips > 5 THEN 8 WHEN ips > 2 THEN 6 WHEN n > 10 THEN 5 ELSE 4 END score
  FROM groups JOIN apps USING (u, asn, nl))
SELECT latest, u, score, n, ips, asn, l, nl, first_seen, latest FROM scored WHERE score >= 5 ORDER BY score DESC, n DESC`,
  },
];
