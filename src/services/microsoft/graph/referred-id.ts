import { textOf } from '../http/request.ts';

/** `{"@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/ID"}` → the id. */
export const referredId = (body: Readonly<Record<string, unknown>> | null): string | null =>
  textOf(body?.['@odata.id'])?.split('/').at(-1) ?? null;
