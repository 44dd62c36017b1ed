import { expect } from 'chai';
import fc from 'fast-check';
import { defaultSettings, type TaskDefinition, type Trigger } from '../../../src/windows/tasks/definition.ts';
import { parseDuration, renderDuration } from '../../../src/windows/tasks/duration.ts';
import { parseTask } from '../../../src/windows/tasks/parse-task.ts';
import { BadTask } from '../../../src/windows/tasks/read-xml.ts';
import { renderTask } from '../../../src/windows/tasks/render-task.ts';
import { weekdays } from '../../../src/util/calendar.ts';

/** What XML can hold; blanks at the ends are the reader's to drop. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((one) => one.replace(/[\x00-\x1f\ufffe\uffff]/g, 'x').trim())
  .filter((one) => one !== '' && one.isWellFormed());
const start = '2026-11-20T19:30:00';
const duration = fc.integer({ min: 1, max: 100_000 }).map((seconds) => renderDuration(seconds * 1000));
const repetition = fc.record({
  interval: duration,
  duration: fc.option(duration, { nil: undefined }),
  stopAtEnd: fc.boolean(),
});
const base = fc.record({
  enabled: fc.boolean(),
  start: fc.constant(start),
  end: fc.constantFrom(undefined, '2027-01-01T00:00:00'),
  repetition: fc.option(repetition, { nil: undefined }),
  delay: fc.option(duration, { nil: undefined }),
});
const kind = fc.oneof(
  fc.constantFrom({ kind: 'time' }, { kind: 'boot' }, { kind: 'registration' }, { kind: 'idle' }),
  fc.record({ kind: fc.constant('logon'), user: fc.option(text, { nil: undefined }) }),
  fc.record({ kind: fc.constant('event'), subscription: text }),
  fc.record({ kind: fc.constant('daily'), every: fc.integer({ min: 1, max: 365 }) }),
  fc.record({
    kind: fc.constant('weekly'),
    every: fc.integer({ min: 1, max: 52 }),
    days: fc.subarray([...weekdays], { minLength: 1 }),
  }),
  fc.record({
    kind: fc.constant('monthly'),
    months: fc.subarray([1, 2, 3, 11, 12], { minLength: 1 }),
    days: fc.subarray([1, 15, 31, 'last'], { minLength: 1 }),
  }),
);
const trigger = fc.tuple(base, kind).map(([one, other]) => ({ ...one, ...other }) as Trigger);

const definition: fc.Arbitrary<TaskDefinition> = fc.record({
  registration: fc.record({
    date: fc.constant(start),
    author: fc.option(text, { nil: undefined }),
    description: fc.option(text, { nil: undefined }),
    uri: fc.option(text, { nil: undefined }),
  }),
  triggers: fc.array(trigger, { maxLength: 3 }),
  principal: fc.record({
    userId: fc.option(text, { nil: undefined }),
    groupId: fc.option(text, { nil: undefined }),
    logonType: fc.constantFrom(undefined, 'InteractiveToken', 'Password'),
    runLevel: fc.constantFrom('LeastPrivilege' as const, 'HighestAvailable' as const),
  }),
  settings: fc.record({ hidden: fc.boolean(), enabled: fc.boolean() }).map((some) => ({ ...defaultSettings, ...some })),
  actions: fc.array(
    fc.record({
      command: text,
      arguments: fc.option(text, { nil: undefined }),
      workingDirectory: fc.option(text, { nil: undefined }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});

describe("a task's XML", () => {
  it('is read as it was written, whatever its texts hold', () => {
    fc.assert(
      fc.property(definition, (task) => {
        expect(parseTask(renderTask(task))).to.deep.equal(task);
      }),
    );
  });

  it('cannot be left by a text: what stands in an argument is no element', () => {
    const action = { command: 'cmd.exe', arguments: '</Arguments></Exec><Exec><Command>x</Command></Exec> & "quoted"' };
    const task: TaskDefinition = {
      registration: {},
      triggers: [],
      principal: { runLevel: 'LeastPrivilege' },
      settings: defaultSettings,
      actions: [action],
    };
    expect(parseTask(renderTask(task)).actions.map((one) => one.arguments)).to.deep.equal([action.arguments]);
  });

  it('is refused without actions, without the beginning of a time trigger, and when it is no XML', () => {
    const task = (inside: string): string => `<?xml version="1.0"?>\r\n<Task version="1.2">${inside}</Task>`;
    const actions = '<Actions><Exec><Command>cmd.exe</Command></Exec></Actions>';
    expect(() => parseTask(task(''))).to.throw(BadTask);
    expect(() => parseTask(task(`<Triggers><TimeTrigger/></Triggers>${actions}`))).to.throw(BadTask);
    expect(() => parseTask(task(`<Settings><Hidden>maybe</Hidden></Settings>${actions}`))).to.throw(BadTask);
    expect(() => parseTask('<Task><Actions>')).to.throw(BadTask);
    expect(() => parseTask('not at all')).to.throw(BadTask);
    expect(parseTask(task(actions)).actions).to.have.length(1);
  });
});

describe('a duration of XML', () => {
  it('is read as it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seconds) => {
        expect(parseDuration(renderDuration(seconds * 1000))).to.equal(seconds * 1000);
      }),
    );
    expect(['PT5M', 'PT72H', 'P1DT2H'].map(parseDuration)).to.deep.equal([300_000, 259_200_000, 93_600_000]);
  });

  it('is nothing else', () => {
    expect(['', 'P', 'PT', '5M', 'P1Y', 'P1DT', 'PT-5M'].map(parseDuration)).to.deep.equal(Array(7).fill(null));
  });
});
