import type { Session } from '../engine/session.ts';
import type { PsObject, Value } from '../values/value.ts';
import { createTcpClient } from './tcp-client.ts';
import { createWebClient } from './web-client.ts';

/** Objects of System.Net that scripts make; null for any other type. */
export const createNetObject = async (
  type: string,
  args: readonly Value[],
  session: Session,
): Promise<PsObject | null> => {
  switch (type.toLowerCase().replace(/^system\./, '')) {
    case 'net.webclient':
      return createWebClient(session);
    case 'net.sockets.tcpclient':
      return createTcpClient(session.machine.tcp(), args);
    default:
      return null;
  }
};
