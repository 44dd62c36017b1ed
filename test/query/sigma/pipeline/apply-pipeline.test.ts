import { expect } from 'chai';
import fc from 'fast-check';
import { applyPipelines, type Piped } from '../../../../src/query/sigma/pipeline/apply-pipeline.ts';
import { parsePipeline, placeholdersOf } from '../../../../src/query/sigma/pipeline/parse-pipeline.ts';
import type { Pipeline } from '../../../../src/query/sigma/pipeline/pipeline.ts';
import { createInterpreter } from '../../../../src/query/sigma/interpret/interpreter.ts';
import { joinLiterals, parsePattern, renderPattern } from '../../../../src/query/sigma/values/pattern.ts';
import { eventOf, ruleOf } from '../sigma-text.ts';

const pipelineOf = (transformations: readonly object[], more: object = {}): Pipeline => {
  const parsed = parsePipeline('pipeline.yml', JSON.stringify({ name: 'ours', transformations, ...more }));
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'));
  return parsed.value;
};

const rule = ruleOf({ selection: { Image: 'C:\\a\\cmd.exe', User: 'bob' }, condition: 'selection' });

const pipe = (...transformations: readonly object[]): Extract<Piped, { readonly ok: true }> => {
  const piped = applyPipelines(rule, [pipelineOf(transformations)]);
  if (!piped.ok) throw new Error(piped.reason.message);
  return piped;
};

const matches = ({ rule: of }: { readonly rule: typeof rule }, fields: Record<string, string>): boolean =>
  createInterpreter().match(of, eventOf(fields));

describe('pipelines', () => {
  it('map fields and say which', () => {
    const piped = pipe({ id: 'names', type: 'field_name_mapping', mapping: { Image: 'process.executable' } });
    expect(matches(piped, { 'process.executable': 'c:\\A\\cmd.exe', User: 'bob' })).to.equal(true);
    expect(matches(piped, { Image: 'c:\\A\\cmd.exe', User: 'bob' })).to.equal(false);
    expect(piped.steps).to.deep.equal([
      { pipeline: 'ours', transformation: 'names', field: 'Image', became: ['process.executable'] },
    ]);
  });

  it('map a field to several, of which any may hold', () => {
    const piped = pipe({ type: 'field_name_mapping', mapping: { User: ['user.name', 'winlog.user'] } });
    expect(matches(piped, { Image: 'C:\\a\\cmd.exe', 'winlog.user': 'BOB' })).to.equal(true);
    expect(matches(piped, { Image: 'C:\\a\\cmd.exe', User: 'bob' })).to.equal(false);
  });

  it('transform only rules and fields that their conditions name', () => {
    const prefix = { type: 'field_name_prefix', prefix: 'win.' };
    expect(pipe({ ...prefix, rule_conditions: [{ type: 'logsource', product: 'linux' }] }).steps).to.deep.equal([]);
    expect(
      pipe({ ...prefix, rule_conditions: [{ type: 'logsource', product: 'linux' }], rule_cond_not: true }).steps.length,
    ).to.equal(2);
    const piped = pipe({ ...prefix, field_name_conditions: [{ type: 'include_fields', fields: ['User'] }] });
    expect(piped.steps.map(({ became }) => became)).to.deep.equal([['win.User']]);
  });

  it('do after another transformation what hangs on it', () => {
    const piped = pipe(
      { id: 'map', type: 'field_name_mapping', mapping: { User: 'user' } },
      {
        type: 'field_name_suffix',
        suffix: '.name',
        field_name_conditions: [{ type: 'processing_item_applied', processing_item_id: 'map' }],
      },
    );
    expect(matches(piped, { Image: 'C:\\a\\cmd.exe', 'user.name': 'bob' })).to.equal(true);
  });

  it('replace texts, wildcards and backslashes as authors write them', () => {
    const piped = pipe({ type: 'replace_string', regex: '^C:\\\\a\\\\(.*)$', replacement: 'D:\\\\1' });
    expect(matches(piped, { Image: 'D:\\cmd.exe', User: 'bob' })).to.equal(true);
  });

  it('map whole texts', () => {
    const piped = pipe({ type: 'map_string', mapping: { bob: ['S-1-5-1', 'S-1-5-2'] } });
    expect(matches(piped, { Image: 'C:\\a\\cmd.exe', User: 's-1-5-2' })).to.equal(true);
  });

  it('add conditions, with the log source filled in', () => {
    const piped = pipe({ type: 'add_condition', conditions: { index: '$product-*' }, template: true });
    expect(matches(piped, { Image: 'C:\\a\\cmd.exe', User: 'bob', index: 'windows-1' })).to.equal(true);
    expect(matches(piped, { Image: 'C:\\a\\cmd.exe', User: 'bob', index: 'linux-1' })).to.equal(false);
  });

  it('add negated conditions, drop items, set values, change log sources', () => {
    const negated = pipe({ type: 'add_condition', conditions: { Host: 'lab' }, negated: true });
    expect(matches(negated, { Image: 'C:\\a\\cmd.exe', User: 'bob', Host: 'LAB' })).to.equal(false);
    const only = [{ type: 'include_fields', fields: ['User'] }];
    expect(
      matches(pipe({ type: 'drop_detection_item', field_name_conditions: only }), { Image: 'C:\\a\\cmd.exe' }),
    ).to.equal(true);
    const set = pipe({ type: 'set_value', value: 'eve', field_name_conditions: only });
    expect(matches(set, { Image: 'C:\\a\\cmd.exe', User: 'eve' })).to.equal(true);
    const changed = pipe({ type: 'change_logsource', category: 'process_creation' });
    expect(changed.rule.logsource).to.deep.equal({ product: null, category: 'process_creation', service: null });
  });

  it('refuse rules', () => {
    const piped = applyPipelines(rule, [pipelineOf([{ type: 'rule_failure', message: 'not here' }])]);
    expect(piped.ok ? null : piped.reason.message).to.equal('ours: not here');
    const when = [{ type: 'match_string', cond: 'any', pattern: '^bob$' }];
    const failing = pipelineOf([
      { type: 'detection_item_failure', message: 'no bob', detection_item_conditions: when },
    ]);
    expect(applyPipelines(rule, [failing]).ok).to.equal(false);
  });

  it('run in the order of their priorities', () => {
    const first = pipelineOf([{ type: 'field_name_mapping', mapping: { User: 'a' } }], { name: 'first', priority: 1 });
    const second = pipelineOf([{ type: 'field_name_mapping', mapping: { a: 'b' } }], { name: 'second', priority: 2 });
    const piped = applyPipelines(rule, [second, first]);
    expect(piped.ok && piped.steps.map(({ pipeline }) => pipeline)).to.deep.equal(['first', 'second']);
  });

  it('say what placeholders stand for', () => {
    const vars = { admins: ['bob', 'eve'], other: 'x' };
    const values = placeholdersOf([
      pipelineOf(
        [
          { type: 'value_placeholders', include: ['admins'] },
          { type: 'wildcard_placeholders', include: ['hosts'] },
        ],
        { vars },
      ),
    ]);
    expect([...values]).to.deep.equal([
      ['admins', ['bob', 'eve']],
      ['hosts', ['*']],
    ]);
  });

  it('are refused where they hold what is not known here', () => {
    const parsed = parsePipeline(
      'pipeline.yml',
      JSON.stringify({ name: 'x', transformations: [{ type: 'nonsense' }] }),
    );
    expect(parsed.diagnostics.map(({ code }) => code)).to.deep.equal(['schema/unknown-value']);
  });

  it('write a pattern so that it reads as itself', () => {
    const token = fc.oneof(
      fc.constantFrom('any' as const, 'one' as const),
      fc
        .array(fc.constantFrom('\\', '*', '?', 'a', 'b'), { minLength: 1, maxLength: 5 })
        .map((parts) => ({ literal: parts.join('') })),
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 5 }), (tokens) => {
        const pattern = joinLiterals(tokens);
        expect(parsePattern(renderPattern(pattern))).to.deep.equal(pattern);
      }),
    );
  });
});
