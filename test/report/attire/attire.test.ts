import { expect } from 'chai';
import { z } from 'zod';
import { renderAttire } from '../../../src/report/attire/attire.ts';
import { fixtureRun } from '../fixture-run.ts';
import { sampleRun } from '../sample-run.ts';

const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** ATTiRe 1.1, as Invoke-AtomicRedTeam's logger writes it; unknown keys are errors. */
const attire = z.strictObject({
  'attire-version': z.literal('1.1'),
  'execution-data': z.strictObject({
    'execution-source': z.string().min(1),
    'execution-id': z.base64().length(24),
    'execution-category': z.strictObject({ name: z.string(), abbreviation: z.string() }),
    'execution-command': z.string(),
    target: z.strictObject({ user: z.string(), host: z.string(), ip: z.string(), path: z.string() }),
    'time-generated': time,
  }),
  procedures: z.array(
    z.strictObject({
      'mitre-technique-id': z.string().regex(/^T\d{4}(\.\d{3})?$/),
      'procedure-name': z.string(),
      'procedure-id': z.strictObject({ type: z.literal('guid'), id: z.string() }),
      'procedure-description': z.string(),
      order: z.int().min(1),
      steps: z
        .array(
          z.strictObject({
            order: z.int().min(1),
            'time-start': time,
            'time-stop': time,
            executor: z.string(),
            command: z.string(),
            'process-id': z.int(),
            'exit-code': z.int(),
            'is-timeout': z.boolean(),
            output: z.array(
              z.strictObject({ content: z.string(), level: z.enum(['STDOUT', 'STDERR']), type: z.literal('console') }),
            ),
          }),
        )
        .min(1),
    }),
  ),
});

describe('the ATTiRe log', () => {
  it('has a procedure for each test and a step for each time it was run', () => {
    const { procedures, ...rest } = attire.parse(JSON.parse(renderAttire(fixtureRun())));
    expect(procedures.map(({ order }) => order)).to.deep.equal(procedures.map((_, index) => index + 1));
    expect(procedures.flatMap(({ steps }) => steps)).to.have.length(fixtureRun().results.length);
    expect(rest['execution-data'].target.host).not.to.equal('');
  });

  it('keeps what was printed, without control sequences, and leaves out what never started', () => {
    const [missed, notRun] = sampleRun.results;
    if (missed === undefined || notRun === undefined) throw new Error('the sample has results');
    const never = { ...missed, executed: { ...missed.executed, startedAt: null, finishedAt: null } };
    const { procedures } = attire.parse(JSON.parse(renderAttire({ ...sampleRun, results: [never, notRun] })));
    const [step, ...more] = procedures.flatMap(({ steps }) => steps);
    expect(more).to.deep.equal([]);
    expect(step?.['exit-code']).to.equal(127);
    expect(step?.output).to.deep.equal([
      { content: '\nsh: 1: nmap: not found\nmore\n', level: 'STDERR', type: 'console' },
    ]);
  });
});
