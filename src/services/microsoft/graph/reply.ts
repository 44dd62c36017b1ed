import { randomUUID } from 'node:crypto';
import type { DirectoryGroup, DirectoryUser } from '../../../model/directory.ts';
import { json, type Reply } from '../http/reply.ts';

const base = 'https://graph.microsoft.com/v1.0/$metadata#';

export const one = (context: string, value: object, status = 200): Reply =>
  json(status, { '@odata.context': `${base}${context}`, ...value });

export const many = (context: string, value: readonly object[]): Reply =>
  json(200, { '@odata.context': `${base}${context}`, value });

export const graphError = (status: number, code: string, message: string): Reply => {
  const id = randomUUID();
  const date = new Date().toISOString().replace(/\.\d+Z/, '');
  return json(status, {
    error: { code, message, innerError: { date, 'request-id': id, 'client-request-id': id } },
  });
};

export const notFound = (what: string): Reply =>
  graphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const badRequest = (message: string): Reply => graphError(400, 'Request_BadRequest', message);

export const showUser = ({ id, upn, name, state }: DirectoryUser): object => {
  const [givenName = '', ...rest] = name.split(' ');
  return {
    ...{ businessPhones: [], displayName: name, givenName, jobTitle: null, mail: upn, mobilePhone: null },
    ...{ officeLocation: null, preferredLanguage: null, surname: rest.join(' '), userPrincipalName: upn, id },
    accountEnabled: state !== 'disabled',
  };
};

export const showGroup = ({ id, name }: DirectoryGroup): object => ({
  ...{ id, displayName: name, description: null, groupTypes: [], mailEnabled: false, securityEnabled: true },
});
