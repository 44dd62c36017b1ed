import { NotImplemented } from '../../os/not-implemented.ts';
import { noResult } from '../engine/results.ts';
import type { Session } from '../engine/session.ts';
import { HttpFailure, type HttpResponse } from '../http/client.ts';
import { toText } from '../values/text.ts';
import { Dictionary, PsObject, type Value } from '../values/value.ts';
import { methodFailure } from './method-failure.ts';

/** HttpClient.Timeout. */
const timeout = 100_000;

const redirections = 50;

const inner = 'System.Net.Http.HttpRequestException';

/**
 * A Task`1 of work that is over: the methods that give one wait for it, so that a script which does something else meanwhile does it
 * afterwards. `failure` is why there is no result.
 */
const createEndedTask = (result: Value, failure: string | null): PsObject => {
  const get = (method: string): Value => {
    if (failure === null) return result;
    throw methodFailure(method, 0, method === 'Wait' ? 'System.AggregateException' : inner, failure);
  };
  const awaiter = new PsObject(['System.Runtime.CompilerServices.TaskAwaiter`1'], [['IsCompleted', true]], {
    methods: { getresult: () => get('GetResult') },
  });
  const state: [string, Value][] = [
    ['IsCompleted', true],
    ['IsFaulted', failure !== null],
    ['IsCanceled', false],
    ['Status', failure === null ? 'RanToCompletion' : 'Faulted'],
  ];
  return new PsObject(['System.Threading.Tasks.Task`1'], failure === null ? [...state, ['Result', result]] : state, {
    methods: {
      getawaiter: () => awaiter,
      wait: ([milliseconds]) => {
        get('Wait');
        return milliseconds === undefined ? noResult : true;
      },
    },
    missing: ['Exception', 'Id', 'AsyncState', 'CreationOptions', ...(failure === null ? [] : ['Result'])],
  });
};

const responseOf = ({ status, reason, body }: HttpResponse): PsObject => {
  const content = new PsObject(['System.Net.Http.StreamContent', 'System.Net.Http.HttpContent'], [], {
    methods: {
      readasstringasync: () => createEndedTask(Buffer.from(body).toString('utf8'), null),
      readasbytearrayasync: () => createEndedTask(Uint8Array.from(body), null),
    },
    missing: ['Headers'],
  });
  return new PsObject(
    ['System.Net.Http.HttpResponseMessage'],
    [
      ['StatusCode', status],
      ['ReasonPhrase', reason],
      ['IsSuccessStatusCode', status >= 200 && status < 300],
      ['Content', content],
    ],
    { methods: { dispose: () => noResult }, missing: ['Headers', 'Version', 'RequestMessage'] },
  );
};

/** A System.Net.Http.HttpClient. It says nothing of itself: no User-Agent unless the script gives one. */
export const createHttpClient = (session: Session): PsObject => {
  const headers = new Dictionary(true);

  const get = async (given: Value | undefined): Promise<HttpResponse> => {
    const text = toText(given ?? null);
    if (!URL.canParse(text) || !/^https?:/i.test(text)) throw new NotImplemented(`HttpClient for ${text}`);
    const own = headers.entries().map(([name, value]): [string, string] => [toText(name), toText(value)]);
    const request = { method: 'GET', url: new URL(text), headers: own, body: null, timeout, redirections };
    return session.machine.http().send(request);
  };

  const task = async (given: Value | undefined, read: (response: HttpResponse) => Value): Promise<PsObject> => {
    try {
      return createEndedTask(read(await get(given)), null);
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return createEndedTask(
        null,
        error.status === 'ProtocolError' ? error.message : 'An error occurred while sending the request.',
      );
    }
  };

  const successful = ({ status, reason, body }: HttpResponse): Uint8Array => {
    if (status >= 200 && status < 300) return body;
    throw new HttpFailure('ProtocolError', `Response status code does not indicate success: ${status} (${reason}).`);
  };

  return new PsObject(['System.Net.Http.HttpClient'], [['DefaultRequestHeaders', headers]], {
    methods: {
      getasync: ([url]) => task(url, responseOf),
      getstringasync: ([url]) => task(url, (response) => Buffer.from(successful(response)).toString('utf8')),
      getbytearrayasync: ([url]) => task(url, (response) => Uint8Array.from(successful(response))),
      dispose: () => noResult,
    },
    missing: ['Timeout', 'BaseAddress', 'MaxResponseContentBufferSize'],
  });
};
