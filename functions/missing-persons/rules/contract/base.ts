import { role, tokenRole, type Role } from '../terms.ts';
import * as schemas from '../../schemas.ts';

const outside: ReadonlySet<Role> = new Set<Role>(['LA_PARTNER', 'CARE_PROVIDER', 'AUDITOR', 'CONFIG_ADMIN', 'DPO', 'RECORDS', 'SYSTEM']);
/** What the operations of missing persons have in common. */
export const police = role.options.filter(name => !outside.has(name));
export const tokens = (names: readonly Role[]): string[] => [...new Set(names)].map(tokenRole);

export const root = 'api/missing-persons';
export const params = schemas.recordParams;
export const command = { method: 'POST', audit: 'alteration', success: 202, idempotencyKey: 'required', reply: schemas.accepted } as const;
export const read = { method: 'GET', audit: 'consultation', success: 200, idempotencyKey: 'none', visibility: 'important' } as const;
/** A read whose reason goes into the log first: it has a key like a command, and its answer at once. */
export const look = { ...read, method: 'POST', idempotencyKey: 'required' } as const;
export const paged = { extensions: { 'x-ms-pageable': { nextLinkName: 'nextLink' } } } as const;
export const readers = tokens([...police, 'DPO', 'RECORDS']);
