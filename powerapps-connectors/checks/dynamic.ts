import * as z from 'zod';
import type { Parameter, Schema, Swagger, SwaggerOperation } from '../swagger.ts';
import { below, operationsOf, replySchema, resolve, schemasOf } from './walk.ts';

const pageable = z.object({ nextLinkName: z.string() });

/** Check 16: paging names nextLink or @odata.nextLink, and the reply has it beside an array. */
export function paging(swagger: Swagger): string[] {
  return operationsOf(swagger).flatMap(({ operation }) => {
    if (operation['x-ms-pageable'] === undefined) return [];
    const parsed = pageable.safeParse(operation['x-ms-pageable']);
    const name = parsed.data?.nextLinkName;
    if (name !== 'nextLink' && name !== '@odata.nextLink') return [`${operation.operationId}: nextLinkName is nextLink or @odata.nextLink`];
    const reply = resolve(swagger, replySchema(operation));
    return [
      ...(reply?.properties?.[name] === undefined ? [`${operation.operationId}: the reply has no ${name}`] : []),
      ...(Object.values(reply?.properties ?? {}).some(child => resolve(swagger, child)?.type === 'array') ? [] : [`${operation.operationId}: the reply has no array to page through`]),
    ];
  });
}

const values = z.looseObject({ operationId: z.string(), 'value-collection': z.string().optional(), 'value-path': z.string(), 'value-title': z.string().optional() });
const list = z.looseObject({ operationId: z.string(), itemsPath: z.string().optional(), itemValuePath: z.string(), itemTitlePath: z.string().optional() });
const dynamicSchema = z.looseObject({ operationId: z.string(), 'value-path': z.string().optional() });

/** Check 18: what a dynamic extension calls exists and gives the array and the properties named; the newer form stands beside the older. */
export function dynamics(swagger: Swagger): string[] {
  const places: { where: string; holder: Parameter | Schema }[] = [
    ...operationsOf(swagger).flatMap(({ operation }) => (operation.parameters ?? []).map(holder => ({ where: `${operation.operationId} ${holder.name}`, holder }))),
    ...schemasOf(swagger).map(({ where, schema }) => ({ where, holder: schema })),
  ];
  return places.flatMap(({ where, holder }) => [...pairs(holder), ...targets(swagger, holder)].map(fault => `${where}: ${fault}`));
}

function pairs(holder: Parameter | Schema): string[] {
  const beside = ([older, newer]: readonly [string, string]) => ((older in holder) === (newer in holder) ? [] : [`${older} and ${newer} stand together`]);
  return [...beside(['x-ms-dynamic-values', 'x-ms-dynamic-list']), ...beside(['x-ms-dynamic-schema', 'x-ms-dynamic-properties'])];
}

function targets(swagger: Swagger, holder: Parameter | Schema): string[] {
  const older = values.safeParse(holder['x-ms-dynamic-values']).data;
  const newer = list.safeParse(holder['x-ms-dynamic-list']).data;
  return [
    ...('x-ms-dynamic-values' in holder
      ? listFaults(swagger, { name: 'x-ms-dynamic-values', operationId: older?.operationId, collection: older?.['value-collection'], paths: [older?.['value-path'], older?.['value-title']] }) : []),
    ...('x-ms-dynamic-list' in holder
      ? listFaults(swagger, { name: 'x-ms-dynamic-list', operationId: newer?.operationId, collection: newer?.itemsPath, paths: [newer?.itemValuePath, newer?.itemTitlePath] }) : []),
    ...('x-ms-dynamic-schema' in holder ? schemaFaults(swagger, holder['x-ms-dynamic-schema']) : []),
  ];
}

function schemaFaults(swagger: Swagger, extension: unknown): string[] {
  const call = dynamicSchema.safeParse(extension).data;
  const target = called(swagger, call?.operationId);
  if (target === undefined) return ['x-ms-dynamic-schema calls an operation that does not exist'];
  const found = below(swagger, replySchema(target), call?.['value-path'] ?? '');
  return found === undefined ? ['x-ms-dynamic-schema names a property that the reply lacks'] : [];
}

interface Call {
  readonly name: string;
  readonly operationId: string | undefined;
  readonly collection: string | undefined;
  readonly paths: readonly (string | undefined)[];
}

function listFaults(swagger: Swagger, { name, operationId, collection = '', paths }: Call): string[] {
  const target = called(swagger, operationId);
  if (target === undefined) return [`${name} calls an operation that does not exist`];
  const array = resolve(swagger, below(swagger, replySchema(target), collection));
  if (array?.type !== 'array') return [`${name}: ${target.operationId} gives no array at "${collection}"`];
  return paths.filter(path => path !== undefined && below(swagger, array.items, path) === undefined).map(path => `${name}: the items have no ${path ?? ''}`);
}

function called(swagger: Swagger, operationId: string | undefined): SwaggerOperation | undefined {
  return operationsOf(swagger).find(({ operation }) => operation.operationId === operationId)?.operation;
}
