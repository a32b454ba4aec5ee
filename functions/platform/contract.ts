import * as z from 'zod';
import { operationStatus } from '../../shared/domain/operationStatus.ts';
import type { Operation } from '../../shared/http/operation.ts';

const dependency = z.strictObject({
  name: z.string().meta({ description: 'The dependency.', example: 'storage' }),
  status: z.enum(['ok', 'failed']).meta({ description: 'Whether it answers.', example: 'ok' }),
}).meta({ id: 'DependencyHealth', description: 'One dependency and whether it answers.' });

export const health = z.strictObject({
  status: z.enum(['ok', 'failed']).meta({ description: 'Ok when every dependency answers.', example: 'ok' }),
  version: z.string().meta({ description: 'The version that is running.', example: '0.1.0' }),
  dependencies: z.array(dependency).meta({ description: 'The dependencies, by name.' }),
}).meta({ id: 'Health', description: 'Whether the service works.' });

export const me = z.strictObject({
  objectId: z.string().meta({ description: 'Your Entra object id.', example: '00000000-0000-4000-8000-000000000001' }),
  roles: z.array(z.string()).meta({ description: 'The roles that your token carries.', example: ['Redaction.Reviewer'] }),
  force: z.string().meta({ description: 'The force that runs the service.', example: 'Cheshire Constabulary' }),
}).meta({ id: 'Me', description: 'Who is signed in, and where.' });

export const getHealth = {
  operationId: 'GetHealth', method: 'GET', route: 'api/health', who: 'anonymous', audit: 'none', summary: 'Get the health of the service',
  description: 'Says whether the service and what it depends on answer; names only, no addresses.', reply: health, success: 200, idempotencyKey: 'none', visibility: 'excluded',
} as const satisfies Operation;

export const getMe = {
  operationId: 'GetMe', method: 'GET', route: 'api/me', who: 'anyStaff', audit: 'none', summary: 'Get who I am', description: 'Says who is signed in; tests the connection.',
  reply: me, success: 200, idempotencyKey: 'none', visibility: 'internal',
} as const satisfies Operation;

export const getOperation = {
  operationId: 'GetOperation', method: 'GET', route: 'api/operations/{caseId}/{operationId}', who: 'anyStaff', audit: 'none', summary: 'Get the status of a command',
  description: 'Says what became of a command that you sent: 202 with Retry-After while it is pending, 200 at its end. Not found means not yet, never not accepted.',
  params: z.strictObject({
    caseId: z.string().regex(/^[a-z2-7]{26}$/).meta({ description: 'The case, from the reply of the command.', example: 'abcdefghijklmnopqrstuvwx23' }),
    operationId: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/).meta({ description: 'The key that you sent with the command.', example: 'k3n0example0000000000' }),
  }),
  reply: operationStatus, success: 200, idempotencyKey: 'none', visibility: 'advanced',
} as const satisfies Operation;

export const operations: readonly Operation[] = [getHealth, getMe, getOperation];
