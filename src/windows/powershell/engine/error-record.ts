import type { Extent } from '../syntax/extent.ts';
import { PsObject, type ScriptText, type Value } from '../values/value.ts';

/** Where an error arose: shown as "At line:1 char:1" with the line and a wavy underline. */
export interface ErrorPlace {
  readonly script: ScriptText;
  readonly extent: Extent;
}

export interface ErrorRecordFields {
  readonly exception: PsObject;
  /** `ObjectNotFound`, `InvalidOperation` … */
  readonly category: string;
  /** Text and type name of what it happened to. */
  readonly target: { readonly text: string; readonly type: string } | null;
  /** The command that reported it, or `''`. */
  readonly activity: string;
  readonly reason?: string;
  readonly id: string;
  /** What replaces the exception's message where the record is shown: a server's own words, for example. */
  readonly details?: string | undefined;
  /** Before the message: the command's name as it was typed. */
  readonly invocationName?: string;
  readonly place: ErrorPlace | null;
}

/** What `$_` is in a catch block and what `$Error` collects. */
export class ErrorRecord extends PsObject {
  readonly fields: ErrorRecordFields;

  constructor(fields: ErrorRecordFields) {
    const message = fields.exception.get('Message');
    const text = fields.details ?? (typeof message === 'string' ? message : '');
    super(
      ['System.Management.Automation.ErrorRecord'],
      [
        ['Exception', fields.exception],
        ['TargetObject', fields.target?.text ?? null],
        [
          'CategoryInfo',
          new PsObject(
            ['System.Management.Automation.ErrorCategoryInfo'],
            [
              ['Category', fields.category],
              ['Activity', fields.activity],
              ['Reason', fields.reason ?? exceptionName(fields.exception)],
              ['TargetName', fields.target?.text ?? ''],
              ['TargetType', fields.target?.type ?? ''],
            ],
            { text: categoryText(fields) },
          ),
        ],
        ['FullyQualifiedErrorId', fields.id],
        ['ErrorDetails', fields.details === undefined ? null : errorDetails(fields.details)],
      ],
      { text, missing: ['InvocationInfo', 'ScriptStackTrace', 'PipelineIterationInfo', 'PSMessageDetails'] },
    );
    this.fields = fields;
  }

  get message(): string {
    return this.options.text ?? '';
  }
}

const errorDetails = (message: string): PsObject =>
  new PsObject(
    ['System.Management.Automation.ErrorDetails'],
    [
      ['Message', message],
      ['RecommendedAction', ''],
    ],
    { text: message },
  );

const exceptionName = (exception: PsObject): string => (exception.typeNames[0] ?? '').replace(/^.*\./, '');

const categoryText = ({ category, target, activity, reason, exception }: ErrorRecordFields): string =>
  `${category}: (${target?.text ?? ''}:${target?.type ?? ''}) [${activity}], ${reason ?? exceptionName(exception)}`;

/** `type` is the most derived name; every exception is also a System.Exception. */
export const createException = (
  type: string,
  message: string,
  more: readonly (readonly [string, Value])[] = [],
): PsObject => {
  const properties = new Map<string, Value>([['Message', message], ['InnerException', null], ...more]);
  return new PsObject([type, ...baseTypes(type), 'System.Exception', 'System.Object'], properties, {
    text: `${type}: ${message}`,
    missing: ['StackTrace', 'HResult', 'TargetSite', 'Source', 'Data', 'HelpLink'],
  });
};

const baseTypes = (type: string): string[] => {
  if (type === 'System.Management.Automation.RuntimeException') return ['System.SystemException'];
  if (type.startsWith('System.Management.Automation.'))
    return ['System.Management.Automation.RuntimeException', 'System.SystemException'];
  if (type === 'System.Net.WebException') return ['System.InvalidOperationException', 'System.SystemException'];
  return ['System.SystemException'];
};

/** Ends the statement it arose in, unless a `catch` takes it. */
export class TerminatingError extends Error {
  readonly record: ErrorRecord;
  /** `throw` and `-ErrorAction Stop` end the whole script; a cmdlet's own failure ends its statement only. */
  readonly endsScript: boolean;

  constructor(record: ErrorRecord, endsScript = false) {
    super(record.message);
    this.record = record;
    this.endsScript = endsScript;
  }
}

/** A failure whose place the engine fills in: operators and conversions do not know where they stand. */
export class RuntimeFailure extends Error {
  readonly id: string;
  readonly category: string;
  readonly type: string;
  readonly target: ErrorRecordFields['target'];
  /** What a .NET method threw, inside PowerShell's own exception. */
  readonly inner: PsObject | null;

  constructor(
    id: string,
    message: string,
    options: {
      readonly category?: string;
      readonly type?: string;
      readonly target?: ErrorRecordFields['target'];
      readonly inner?: PsObject;
    } = {},
  ) {
    super(message);
    this.id = id;
    this.category = options.category ?? 'InvalidOperation';
    this.type = options.type ?? 'System.Management.Automation.RuntimeException';
    this.target = options.target ?? null;
    this.inner = options.inner ?? null;
  }
}

export const placed = (failure: RuntimeFailure, place: ErrorPlace): ErrorRecord =>
  new ErrorRecord({
    exception: createException(failure.type, failure.message, [['InnerException', failure.inner]]),
    category: failure.category,
    target: failure.target,
    activity: '',
    id: failure.id,
    place,
  });
