import type { RunResult } from '../../../src/model/run-result.ts';
import { runFixture, withResults } from './run-fixture.ts';

export const breakout = '</script><img src=x onerror=alert(1)><svg onload=alert(2)>$&';
export const override = 'invoice\u202egpj.exe';
export const ansi = '\u001b[31mred\u001b[0m\u001b]0;title\u0007';
export const longLine = 'A'.repeat(1 << 20);

/** The run as its attacker would write it: every text that comes from a host, a file or a name. */
export const hostileRun = (): RunResult => {
  const run = runFixture();
  const nasty = `${breakout} ${override} ${ansi} {{7*7}} javascript:alert(3) \ud800`;
  return {
    ...withResults(run, (result) => ({
      ...result,
      key: `${result.key}/${nasty}`,
      variant: `${result.variant} ${nasty}`,
      description: nasty,
      atomic: { ...result.atomic, name: nasty, file: nasty },
      hosts: { [nasty]: nasty },
      command: nasty,
      inputs: { [nasty]: nasty },
      executed: {
        ...result.executed,
        stdout: `${nasty}\n${longLine}\n${'line\n'.repeat(60)}`,
        stderr: nasty,
        reason: nasty,
        detail: nasty,
      },
      signals: result.signals.map((signal) => ({
        ...signal,
        id: `${signal.id} ${nasty}`,
        description: nasty,
        want: nasty,
        got: nasty,
        table: nasty,
      })),
      timeline: result.timeline.map((entry) => ({ ...entry, summary: nasty, action: nasty, host: nasty })),
      cleanup: { verdict: 'dirty', left: [nasty, longLine] },
      detections: result.detections.map((detection) => ({
        ...detection,
        id: `${detection.id}/${nasty}`,
        title: `${detection.title} ${nasty}`,
        rows: [{ [nasty]: nasty, object: { [nasty]: nasty } }],
        reason: {
          summary: nasty,
          clause: nasty,
          blockers: (detection.reason?.blockers ?? []).map((blocker) => ({
            ...blocker,
            clause: nasty,
            summary: nasty,
            near: [{ column: nasty, wanted: nasty, got: longLine, rows: 1 }],
          })),
        },
        diagnostics: detection.diagnostics.map((diagnostic) => ({
          ...diagnostic,
          message: nasty,
          hint: nasty,
          excerpt: nasty,
        })),
      })),
    })),
    runId: nasty,
    scenario: { id: nasty, name: nasty, file: nasty, description: nasty },
    driver: nasty,
    environment: { [nasty]: nasty, long: longLine },
    notLoaded: run.notLoaded.map((diagnostic) => ({ ...diagnostic, message: nasty, excerpt: nasty, hint: nasty })),
    losses: [{ source: nasty, host: nasty, kind: 'dropped', count: 1, detail: nasty }],
    playbooks: (run.playbooks ?? []).map((playbook) => ({
      ...playbook,
      file: nasty,
      sections: playbook.sections.map(({ field }) => ({
        field,
        items: [{ text: field === 'questions' ? longLine : nasty, detections: [nasty] }],
      })),
    })),
    residue: [{ kind: 'process', name: nasty, detail: nasty }],
    sources: Object.fromEntries(Object.entries(run.sources).map(([file, text]) => [file, `${text}// ${nasty}\n`])),
  };
};
