import { hasAny, type Case } from './case.ts';

const events = '"DeviceNetworkEvents"';

export const typicalCases: readonly Case[] = [
  {
    name: 'filter and count',
    kql: `DeviceNetworkEvents | where Timestamp > ago(12h) and ActionType == "ConnectionSuccess" and RemoteIPType == "Public" | count`,
    sql: `SELECT count(*) FROM ${events} WHERE "Timestamp" > TIMESTAMP '2026-11-20 01:00:00' AND "ActionType" = 'ConnectionSuccess' AND "RemoteIPType" = 'Public'`,
  },
  {
    name: 'has_any of an address',
    kql: `DeviceNetworkEvents | where RemoteUrl has_any ("microsoft.com", "office.com", "example.org") | count`,
    sql: `SELECT count(*) FROM ${events} WHERE ${hasAny('"RemoteUrl"', ['microsoft.com', 'office.com', 'example.org'])}`,
  },
  {
    name: 'groups by the hour',
    kql: `DeviceNetworkEvents | where Timestamp > ago(24h) | where RemoteIPType == "Public" | where InitiatingProcessFileName !in~ ("chrome.exe", "firefox.exe")
| summarize n = count(), ports = dcount(RemotePort), seen = min(Timestamp), latest = max(Timestamp) by DeviceName, RemoteIP, bin(Timestamp, 1h) | where n >= 12`,
    sql: `SELECT "DeviceName", "RemoteIP", date_trunc('hour', "Timestamp") h, count(*) n, count(DISTINCT "RemotePort") ports, min("Timestamp"), max("Timestamp")
FROM ${events} WHERE "Timestamp" > TIMESTAMP '2026-11-19 13:00:00' AND "RemoteIPType" = 'Public' AND lower("InitiatingProcessFileName") NOT IN ('chrome.exe', 'firefox.exe')
GROUP BY 1, 2, 3 HAVING n >= 12`,
  },
  {
    name: 'sets of ports and processes',
    kql: `DeviceNetworkEvents | summarize ports = make_set(RemotePort, 10), processes = make_set(InitiatingProcessFileName, 5) by DeviceName`,
    // In the order in which they came, as the service lists them.
    sql: `WITH ports AS (SELECT d, list(x ORDER BY n)[1:10] AS l FROM (SELECT "DeviceName" d, "RemotePort" x, min(rowid) n FROM ${events} GROUP BY 1, 2) GROUP BY 1),
processes AS (SELECT d, list(x ORDER BY n)[1:5] AS l FROM (SELECT "DeviceName" d, "InitiatingProcessFileName" x, min(rowid) n FROM ${events} GROUP BY 1, 2) GROUP BY 1)
SELECT d, ports.l, processes.l FROM ports JOIN processes USING (d)`,
  },
  {
    name: 'the latest of each address',
    kql: `DeviceNetworkEvents | summarize arg_max(Timestamp, *) by RemoteIP`,
    sql: `SELECT "RemoteIP", "Timestamp", * EXCLUDE ("RemoteIP", "Timestamp") FROM ${events} QUALIFY row_number() OVER (PARTITION BY "RemoteIP" ORDER BY "Timestamp" DESC) = 1`,
  },
  {
    name: 'addresses of a list',
    kql: `let bad = datatable(ip:string)["203.0.113.7", "203.0.113.9"]; DeviceNetworkEvents | join kind=inner bad on $left.RemoteIP == $right.ip | summarize count() by DeviceName`,
    sql: `SELECT "DeviceName", count(*) FROM ${events} JOIN (VALUES ('203.0.113.7'), ('203.0.113.9')) b(ip) ON "RemoteIP" = ip GROUP BY 1`,
  },
  {
    name: 'encoded commands',
    kql: `DeviceProcessEvents | where FileName in~ ("powershell.exe", "pwsh.exe") | where ProcessCommandLine matches regex @"(?i)\\s-e(nc|ncodedcommand)?\\s" and ProcessCommandLine !contains "-File"
| extend Encoded = extract(@"(?i)-enc\\s+(\\S+)", 1, ProcessCommandLine) | summarize n = count(), devices = dcount(DeviceName) by Encoded`,
    sql: `SELECT regexp_extract("ProcessCommandLine", '(?i)-enc\\s+(\\S+)', 1) e, count(*), count(DISTINCT "DeviceName") FROM "DeviceProcessEvents"
WHERE lower("FileName") IN ('powershell.exe', 'pwsh.exe') AND regexp_matches("ProcessCommandLine", '(?i)\\s-e(nc|ncodedcommand)?\\s') AND NOT contains(lower("ProcessCommandLine"), '-file') GROUP BY 1`,
  },
  {
    name: 'password spraying',
    kql: `SigninLogs | where TimeGenerated > ago(1d) | where ResultType in ("50126", "50053") | summarize users = dcount(UserPrincipalName), tries = count() by IPAddress, bin(TimeGenerated, 30m)
| where users > 3 | join kind=inner (SigninLogs | where ResultType == "0" | summarize successes = count() by IPAddress) on IPAddress | project IPAddress, TimeGenerated, users, tries, successes`,
    sql: `SELECT a.ip, t, users, tries, successes FROM (SELECT "IPAddress" ip, time_bucket(INTERVAL 30 MINUTE, "TimeGenerated") t, count(DISTINCT "UserPrincipalName") users, count(*) tries FROM "SigninLogs"
WHERE "TimeGenerated" > TIMESTAMP '2026-11-19 13:00:00' AND "ResultType" IN ('50126', '50053') GROUP BY 1, 2 HAVING users > 3) a
JOIN (SELECT "IPAddress" ip, count(*) successes FROM "SigninLogs" WHERE "ResultType" = '0' GROUP BY 1) b ON a.ip = b.ip`,
  },
  {
    name: 'properties of a dynamic column',
    kql: `SigninLogs | extend Country = tostring(LocationDetails.countryOrRegion), City = tostring(LocationDetails.city) | where Country == "NL" | summarize n = count(), users = dcount(UserPrincipalName) by City`,
    sql: `SELECT json_extract_string("LocationDetails", '$.city') city, count(*), count(DISTINCT "UserPrincipalName") FROM "SigninLogs" WHERE json_extract_string("LocationDetails", '$.countryOrRegion') = 'NL' GROUP BY 1`,
  },
  {
    name: 'never seen before',
    kql: `let baseline = DeviceProcessEvents | where Timestamp < ago(4h) | distinct SHA256, DeviceName;
DeviceProcessEvents | where Timestamp >= ago(4h)
| join kind=leftanti baseline on SHA256, DeviceName | summarize n = count() by DeviceName, SHA256 | sort by n desc, DeviceName asc, SHA256 asc | take 100`,
    sql: `SELECT "DeviceName" d, "SHA256" s, count(*) n FROM "DeviceProcessEvents" p WHERE "Timestamp" >= TIMESTAMP '2026-11-20 09:00:00'
AND NOT EXISTS (SELECT 1 FROM "DeviceProcessEvents" b WHERE b."Timestamp" < TIMESTAMP '2026-11-20 09:00:00' AND b."SHA256" = p."SHA256" AND b."DeviceName" = p."DeviceName")
GROUP BY 1, 2 ORDER BY n DESC, d, s LIMIT 100`,
  },
];
