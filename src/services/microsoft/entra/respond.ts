import { randomUUID } from 'node:crypto';
import type { CloudContext } from '../context.ts';
import { json, type Reply } from '../http/reply.ts';
import type { ApiRequest } from '../http/request.ts';
import type { EntraError } from './codes.ts';

/** An error as the token endpoint words it, with its AADSTS number. `traceId` is the id of the sign-in, where there was one. */
export const refuse = (
  error: EntraError,
  correlationId: string,
  context: CloudContext,
  traceId: string = randomUUID(),
): Reply => {
  const timestamp = new Date(context.now())
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z/, 'Z');
  return json(
    error.status,
    {
      error: error.error,
      error_description: `AADSTS${error.code}: ${error.text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [error.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${error.code}`,
      ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
    },
    { 'x-ms-request-id': traceId, 'client-request-id': correlationId },
  );
};

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The client's own, if it gave one: MSAL in a header, others in a parameter. */
export const correlationOf = (request: ApiRequest, form: URLSearchParams): string => {
  const given = form.get('client-request-id') ?? request.header('client-request-id');
  return guid.test(given) ? given : randomUUID();
};

/** Whether a segment of the path names this tenant, or leaves it to the user's name. */
export const isTenant = (segment: string, { state }: CloudContext): boolean => {
  const { id, domain } = state.directory.tenant;
  return ['common', 'organizations', id, domain.toLowerCase()].includes(segment.toLowerCase());
};
