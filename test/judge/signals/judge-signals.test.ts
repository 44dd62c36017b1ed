import { expect } from 'chai';
import { ContentError } from '../../../src/judge/content-error.ts';
import { judgeSignals, type SignalSubject } from '../../../src/judge/signals/judge-signals.ts';
import type { Signal } from '../../../src/model/signal.ts';
import type { SignalResult } from '../../../src/model/verdict.ts';
import { openHub } from '../../../src/telemetry/open-hub.ts';
import { connection, manifest, noon, sensor } from '../../support/events.ts';
import { signal } from './signal.ts';

const subject: SignalSubject = {
  variant: 'v1',
  roles: { target: 'ws1', attacker: 'lx1' },
  expectations: [],
  marks: [],
};
const events = Array.from({ length: 3 }, (_, index) =>
  connection({ 'event.id': `ws1:trace:${index}`, '@timestamp': noon + index * 5_000_000 }),
);

const judge = async (
  signals: readonly Signal[],
  options: Partial<SignalSubject> = {},
  run: Parameters<typeof manifest>[0] = {},
) => {
  await using hub = await openHub({ manifest: manifest(run), events });
  return await judgeSignals(hub, signals, { ...subject, ...options });
};

const first = async (...input: Parameters<typeof judge>): Promise<SignalResult | undefined> =>
  (await judge(...input))[0]?.result;

const failure = async (one: Signal): Promise<unknown> =>
  judge([one]).then(
    () => null,
    (error: unknown) => error,
  );

describe('the signals of a test', () => {
  it('are looked for in the telemetry of the role’s host', async () => {
    const every = { intervalSeconds: 5, toleranceSeconds: 1 };
    const count = { min: 3, max: 3 };
    expect(await first([signal({ every, count })])).to.include({
      verdict: 'seen',
      want: '3 rows, every 5 s ± 1 s',
      got: '3 rows, every 5.00 s (5.00–5.00)',
      rows: 3,
      met: true,
    });
    expect(await first([signal({ on: 'attacker' })])).to.include({ verdict: 'absent', got: '0 rows' });
  });

  it('carry the marks of rows, columns and run', async () => {
    expect((await first([signal()], { marks: ['compressed-clock'] }))?.marks).to.deep.equal([
      'compressed-clock',
      'emulated-persona',
    ]);
    const zone = signal({ table: 'DeviceNetworkEvents', where: { RemoteIPType: 'Public' } });
    expect((await first([zone]))?.marks).to.include('declared-zone');
  });

  it('are unobservable, not absent, when no sensor feeds their table', async () => {
    const quiet = { sensors: [sensor({ actions: ['process-start'] })] };
    const result = await first([signal()], {}, quiet);
    expect(result).to.include({ verdict: 'unobservable', rows: 0 });
    expect(result?.got).to.match(/^Sysmon-3 is fed by no sensor: .*connect/);
  });

  it('are unobservable when they need a column that is always null, which is named', async () => {
    const table = 'DeviceNetworkEvents';
    const needed = signal({ table, where: { 'AdditionalFields|contains': 'x' } });
    expect((await first([needed]))?.got).to.match(/^DeviceNetworkEvents\.AdditionalFields is filled by no sensor: ./);
    expect((await first([signal({ table, where: { AdditionalFields: null } })]))?.verdict).to.equal('seen');
  });

  it('are compared with what the scenario expects of them', async () => {
    const place = { file: 's.yaml', line: 1, column: 1 };
    const expectations = [{ signal: 'check-ins', verdict: 'absent', place } as const];
    expect(await first([signal()], { expectations })).to.include({ verdict: 'seen', expected: 'absent', met: false });
    expect(await first([signal({ id: 'other' })], { expectations })).to.include({ expected: null, met: true });
  });

  it('of unknown tables, roles and columns are errors in the content, with their place', async () => {
    for (const [one, message] of [
      [signal({ table: 'Sysmon-99' }), 'no table is called "Sysmon-99"'],
      [signal({ on: 'router' }), 'no host has the role "router"'],
      [signal({ where: { Imag: 'x' } }), 'table Sysmon-3 has no column "Imag"'],
    ] as const) {
      const error = await failure(one);
      expect(error).to.be.instanceOf(ContentError);
      expect((error as ContentError).message)
        .to.contain(message)
        .and.to.match(/^atomics\/T1\/signals\.yaml:4:3: /);
      expect((error as ContentError).exitCode).to.equal(2);
    }
  });
});
