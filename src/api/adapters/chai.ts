// Brings Chai's declarations along, and nothing at run time.
import type {} from 'chai';
import { describeFindings, findingsOfDetection, findingsOfSignal, type Finding } from './claims.ts';
import { viewRun, type DrillView } from './drill-view.ts';
import type { RunResult } from '../../model/run-result.ts';
import type { DetectionVerdict, SignalVerdict } from '../../model/verdict.ts';

declare global {
  // Chai's own declarations are extended this way.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Chai {
    interface Assertion {
      /** The signal was seen, in every variant looked at. */
      seen(signal: string): Assertion;
      /** The detection fired, in every variant looked at. */
      fired(detection: string): Assertion;
      /** The detection (all of them without a name) ran over its telemetry and did not fire: `quiet` or `missed`. Blind or broken is not silent. */
      stayedSilent(detection?: string): Assertion;
    }
  }
}

type Verdict = SignalVerdict | DetectionVerdict;

/**
 * Assertions about a drill, or about a result of `runScenario` or `judge`:
 *
 *     use(tocsinChai);
 *     expect(run.variant('loopback')).to.have.seen('check-ins');
 *     expect(run.variant('loopback')).to.have.stayedSilent('my-rule');
 */
export const tocsinChai: Chai.ChaiPlugin = ({ Assertion }) => {
  const add = (
    name: string,
    claim: string,
    accepted: readonly Verdict[],
    find: (view: DrillView, id: string | null) => readonly Finding[],
  ): void => {
    Assertion.addMethod(name, function (this: Chai.AssertionStatic, id?: string) {
      const view = viewOf(this._obj);
      const findings = find(view, id ?? null);
      const what = `${view.name} to have ${claim}${id === undefined ? '' : ` ${JSON.stringify(id)}`}`;
      const shown = describeFindings(findings);
      this.assert(
        findings.every(({ verdict }) => accepted.includes(verdict)),
        `expected ${what}\n${shown}`,
        `expected not ${what}\n${shown}`,
      );
    });
  };
  add('seen', 'seen', ['seen'], (view, id) => findingsOfSignal(view, id ?? ''));
  add('fired', 'fired', ['fired'], (view, id) => findingsOfDetection(view, id ?? ''));
  add('stayedSilent', 'stayed silent', ['quiet', 'missed'], findingsOfDetection);
};

const viewOf = (subject: unknown): DrillView => {
  if (typeof subject === 'object' && subject !== null && 'results' in subject) {
    return 'scenario' in subject ? viewRun(subject as RunResult) : (subject as DrillView);
  }
  throw new TypeError('this is no drill: expect drill.all(), drill.variant(name), or the result of a run');
};
