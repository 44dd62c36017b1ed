import { HttpFailure } from '../http/client.ts';
import { createException, RuntimeFailure } from '../engine/error-record.ts';
import type { Value } from '../values/value.ts';
import { SocketFailure } from './tcp.ts';

/** An exception of a .NET method, as PowerShell wraps it; `catch [INNER]` finds it, too. */
export const methodFailure = (
  method: string,
  args: number,
  inner: string,
  message: string,
  more: readonly (readonly [string, Value])[] = [],
): RuntimeFailure =>
  new RuntimeFailure(
    inner.replace(/^.*\./, ''),
    `Exception calling "${method}" with "${args}" argument(s): "${message}"`,
    {
      category: 'NotSpecified',
      type: 'System.Management.Automation.MethodInvocationException',
      inner: createException(inner, message, more),
    },
  );

/** Runs a method of a .NET object; what the network refuses becomes the exception that the object throws. */
export const asMethod = async <T>(method: string, args: number, run: () => Promise<T>): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    if (error instanceof SocketFailure)
      throw methodFailure(method, args, 'System.Net.Sockets.SocketException', error.message, [
        ['ErrorCode', error.code],
        ['NativeErrorCode', error.code],
      ]);
    if (error instanceof HttpFailure)
      throw methodFailure(method, args, 'System.Net.WebException', error.message, [['Status', error.status]]);
    throw error;
  }
};
