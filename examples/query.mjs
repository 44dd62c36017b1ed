// Which accounts failed to sign in twice within the last hour? And if none: why?
import { openEngine } from 'tocsin';

const engine = await openEngine({ now: '2026-11-20T13:00:00Z' });

await engine.load('SigninLogs', [
  { TimeGenerated: '2026-11-20T12:40:00Z', UserPrincipalName: 'ana@example.com', ResultType: '50126' },
  { TimeGenerated: '2026-11-20T12:41:00Z', UserPrincipalName: 'ana@example.com', ResultType: '50126' },
  { TimeGenerated: '2026-11-20T12:45:00Z', UserPrincipalName: 'bo@example.com', ResultType: '0' },
]);

const rule = `
  SigninLogs
  | where TimeGenerated > ago(1h) and ResultType == "50126"
  | summarize Failures = count() by UserPrincipalName
  | where Failures >= 2`;

const found = await engine.query('kql', rule);
if (!found.ok) throw new Error(found.diagnostics[0].message);
console.log(JSON.stringify(found.rows)); // [["ana@example.com",2]]

const silent = await engine.explain('kql', rule.replace('>= 2', '>= 5'));
if (!silent.ok) throw new Error(silent.diagnostics[0].message);
console.log(silent.reason.summary); // 1 row in, 0 out; Failures was 2, the rule asks for >= 5

engine.close();
