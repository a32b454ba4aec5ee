import type { Schema, Swagger } from '../swagger.ts';
import { operationsOf, resolve, schemasOf, type Placed } from './walk.ts';

const mark = 'x-ms-notification-url';

/** Check 15: webhook triggers (create-webhook-trigger.md and the Webhooks table of the validator rules). */
export function webhooks(swagger: Swagger): string[] {
  const all = operationsOf(swagger);
  const triggers = all.filter(({ operation }) => operation['x-ms-trigger'] === 'single');
  return [
    ...triggers.flatMap(placed => triggerFaults(swagger, placed, all).map(fault => `${placed.operation.operationId}: ${fault}`)),
    ...strayMarks(swagger, triggers),
  ];
}

function triggerFaults(swagger: Swagger, { verb, item, operation }: Placed, all: readonly Placed[]): string[] {
  const body = operation.parameters?.find(parameter => parameter.in === 'body')?.schema;
  const chain = body === undefined ? undefined : chainTo(swagger, body);
  const created = operation.responses['201'];
  const rules: readonly (readonly [holds: boolean, message: string])[] = [
    [verb === 'post', 'a webhook trigger is a POST'],
    [chain !== undefined, `no property of the body has ${mark}`],
    [chain === undefined || chain.at(-1)?.schema.type === 'string', 'the notification address is not a string'],
    [chain === undefined || chain.every(({ isRequired }) => isRequired), 'the notification address is not required all the way down'],
    [chain === undefined || chain.some(({ schema }) => schema['x-ms-visibility'] === 'internal'), 'neither the notification address nor a parent is internal'],
    [item['x-ms-notification-content']?.schema !== undefined, 'x-ms-notification-content does not stand beside the verb'],
    [created?.headers?.['Location'] !== undefined, 'the service must answer 201 with a Location header'],
    [all.some(other => other.verb === 'delete'), 'there is no DELETE that ends the subscription'],
  ];
  return rules.filter(([holds]) => !holds).map(([, message]) => message);
}

interface Link {
  readonly schema: Schema;
  readonly isRequired: boolean;
}

/** The properties from the body down to the notification address. */
function chainTo(swagger: Swagger, schema: Schema, depth = 0): Link[] | undefined {
  const object = resolve(swagger, schema);
  if (object === undefined || depth > 10) return undefined;
  for (const [name, child] of Object.entries(object.properties ?? {})) {
    const link: Link = { schema: resolve(swagger, child) ?? child, isRequired: object.required?.includes(name) ?? false };
    if (link.schema[mark] === true) return [link];
    const rest = chainTo(swagger, child, depth + 1);
    if (rest !== undefined) return [link, ...rest];
  }
  return undefined;
}

function strayMarks(swagger: Swagger, triggers: readonly Placed[]): string[] {
  const marked = schemasOf(swagger).filter(({ schema }) => schema[mark] !== undefined);
  return triggers.length === 0 ? marked.map(({ where }) => `${where}: ${mark} outside a webhook trigger`) : [];
}
