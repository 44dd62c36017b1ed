import { json, type Reply } from '../http/reply.ts';

export const armError = (status: number, code: string, message: string): Reply =>
  json(status, { error: { code, message } });

export const notFound = (id: string): Reply =>
  armError(
    404,
    'ResourceNotFound',
    `The Resource '${id}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

export const groupNotFound = (name: string): Reply =>
  armError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);

export const badContent = (message: string): Reply => armError(400, 'InvalidRequestContent', message);

export const unknownType = (type: string): Reply =>
  armError(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace '${type.split('/')[0] ?? ''}'.`,
  );
