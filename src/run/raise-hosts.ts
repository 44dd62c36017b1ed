import type { Host, Lab } from '../lab/driver.ts';
import { createAuthority } from '../lab/tls/authority.ts';
import { HarnessError } from '../model/harness-error.ts';
import { loggingOf, windowsDrive } from '../windows/drive.ts';
import type { DrillContext } from './context.ts';
import type { DrillPlan } from './plan.ts';
import { startBackground, startHostServices } from './services.ts';
import { trustFiles } from './trust.ts';

/** Hosts up, their services started, the lab proved sealed. Answers with the number of attempts that proved it. */
export const raiseHosts = async (
  lab: Lab,
  plan: Pick<DrillPlan, 'topology' | 'hosts' | 'played' | 'background'>,
  context: DrillContext,
): Promise<number> => {
  const logs = loggingOf[plan.topology.profile ?? 'lab'];
  const authority = createAuthority(context.clock.nowMicros());
  await Promise.all(
    plan.hosts.map((spec) =>
      lab.addHost(spec, [
        ...trustFiles(authority, spec, plan.topology),
        ...(spec.persona === 'windows' ? windowsDrive(spec.user, logs, plan.played.get(spec.name)) : []),
      ]),
    ),
  );
  context.hostServices.push(...(await startHostServices(plan, context)), ...(await startBackground(plan, context)));
  return requireSealed(lab, 'before the first detonation');
};

export const hostOf = (lab: Lab, name: string): Host => {
  const host = lab.hosts.get(name);
  if (host === undefined) throw new Error(`the plan names host ${name}, which the lab does not have`);
  return host;
};

export const requireSealed = async (lab: Lab, when: string): Promise<number> => {
  const report = await lab.proveSealed();
  if (report.sealed) return report.attempts;
  throw new HarnessError(`the lab is not sealed ${when}: ${report.leaks.join('; ')}`, {
    code: 'lab/not-sealed',
    hint: 'nothing was judged; report this with the output of `tocsin lab status`',
  });
};
