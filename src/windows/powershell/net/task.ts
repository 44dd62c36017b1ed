import { coerceNumber } from '../values/numbers.ts';
import { PsObject, type Value } from '../values/value.ts';
import { methodFailure } from './method-failure.ts';
import { SocketFailure } from './tcp.ts';

const milliseconds = (value: Value | undefined): number =>
  value === undefined ? -1 : Number(coerceNumber(value)?.value ?? -1);

/**
 * Has it settled after so many milliseconds? -1 waits without end. What the network refuses is an end like any other; anything else
 * that fails (a gap of the persona) passes through.
 */
export const settledWithin = async (work: Promise<unknown>, timeout: number): Promise<boolean> => {
  const settled = work.then(
    () => true,
    (error: unknown) => {
      if (error instanceof SocketFailure) return true;
      throw error;
    },
  );
  if (timeout < 0) return settled;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeout);
  });
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** A System.Threading.Tasks.Task of something that the network does. */
export const createTask = (work: Promise<unknown>): PsObject => {
  let failure: unknown;
  const task = new PsObject(
    ['System.Threading.Tasks.Task'],
    [
      ['IsCompleted', false],
      ['IsFaulted', false],
      ['IsCanceled', false],
      ['Status', 'WaitingForActivation'],
    ],
    {
      methods: {
        wait: async (args) => {
          if (!(await settledWithin(work, milliseconds(args[0])))) return false;
          if (failure !== undefined)
            throw methodFailure('Wait', args.length, 'System.AggregateException', 'One or more errors occurred.');
          return args.length === 0 ? null : true;
        },
      },
      missing: ['Exception', 'Id', 'AsyncState', 'CreationOptions', 'Result'],
    },
  );
  const settle = (status: string): void => {
    task.set('IsCompleted', true);
    task.set('IsFaulted', status === 'Faulted');
    task.set('Status', status);
  };
  void work.then(
    () => settle('RanToCompletion'),
    (error: unknown) => {
      failure = error;
      settle('Faulted');
    },
  );
  return task;
};

/** The System.IAsyncResult of a `Begin…` method. */
export const createAsyncResult = (work: Promise<unknown>): PsObject => {
  const handle = new PsObject(['System.Threading.ManualResetEvent'], [], {
    methods: {
      waitone: ([timeout]) => settledWithin(work, milliseconds(timeout)),
      close: () => null,
      dispose: () => null,
    },
  });
  const result = new PsObject(
    ['System.Net.Sockets.Socket+MultipleAddressConnectAsyncResult'],
    [
      ['AsyncState', null],
      ['AsyncWaitHandle', handle],
      ['CompletedSynchronously', false],
      ['IsCompleted', false],
    ],
  );
  const complete = (): void => result.set('IsCompleted', true);
  void work.then(complete, complete);
  return result;
};
