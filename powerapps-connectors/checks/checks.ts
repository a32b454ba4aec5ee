import * as z from 'zod';
import type { Files } from '../files.ts';
import { swaggerDocument, type Swagger } from '../swagger.ts';
import { dynamics, paging } from './dynamic.ts';
import { info, security, testConnection, transport } from './info.ts';
import { bodies, operationIds, operationTexts, pathTemplates, responses } from './operations.ts';
import { apiProperties, icon, layout, readme, secretsIn, settingsFile } from './package.ts';
import { parameters } from './parameters.ts';
import { descriptions, references, structure } from './schemas.ts';
import { webhooks } from './webhook.ts';

/** A connector's files, read for checking. */
export interface Read {
  readonly swagger: Swagger;
  readonly texts: Readonly<Record<string, string>>;
  readonly icon: Uint8Array;
  readonly brandColor: string;
}

/**
 * The checks of spec 1.6 by its numbers, each a pure function from the files to what is wrong. The numbers that are not here: 4 (swagger-parser)
 * and the official schemas of 1 to 3 need libraries and stand in the tests; 21 is `drift`; 22 runs the service.
 */
export const checks: readonly { readonly number: number; readonly title: string; readonly find: (read: Read) => string[] }[] = [
  { number: 1, title: 'structure', find: ({ swagger }) => structure(swagger) },
  { number: 2, title: 'apiProperties', find: ({ texts }) => apiProperties(texts['apiProperties.json'] ?? '') },
  { number: 3, title: 'settings', find: ({ texts }) => settingsFile(texts['settings.json'] ?? '') },
  { number: 5, title: 'size and layout', find: ({ swagger, texts }) => layout(texts['apiDefinition.swagger.json'] ?? '', swagger) },
  { number: 6, title: 'info, contact and metadata', find: ({ swagger }) => info(swagger) },
  { number: 7, title: 'host and scheme', find: ({ swagger }) => transport(swagger) },
  { number: 8, title: 'security', find: ({ swagger }) => security(swagger) },
  { number: 9, title: 'operation ids', find: ({ swagger }) => operationIds(swagger) },
  { number: 10, title: 'summaries and descriptions', find: ({ swagger }) => operationTexts(swagger) },
  { number: 11, title: 'parameters', find: ({ swagger }) => parameters(swagger) },
  { number: 12, title: 'paths', find: ({ swagger }) => pathTemplates(swagger) },
  { number: 13, title: 'bodies', find: ({ swagger }) => bodies(swagger) },
  { number: 14, title: 'responses', find: ({ swagger }) => responses(swagger) },
  { number: 15, title: 'webhooks', find: ({ swagger }) => webhooks(swagger) },
  { number: 16, title: 'paging', find: ({ swagger }) => paging(swagger) },
  { number: 17, title: 'connection test', find: ({ swagger }) => testConnection(swagger) },
  { number: 18, title: 'dynamic values', find: ({ swagger }) => dynamics(swagger) },
  { number: 19, title: 'references', find: ({ swagger }) => references(swagger) },
  { number: 20, title: 'properties', find: ({ swagger }) => descriptions(swagger) },
  { number: 24, title: 'secrets', find: ({ texts }) => secretsIn(texts) },
  { number: 25, title: 'icon', find: read => icon(read.icon, read.brandColor) },
  { number: 26, title: 'readme', find: ({ swagger, texts }) => readme(texts['readme.md'] ?? '', swagger) },
];

/** Everything that is wrong with a connector's files, each with the number of the check. */
export function breaches(files: Files): string[] {
  const read = readFrom(files);
  return checks.flatMap(({ number, find }) => find(read).map(finding => `check ${number}: ${finding}`));
}

const branded = z.object({ properties: z.object({ iconBrandColor: z.string() }) });

/** Parses the files. Throws when one is missing or is not what its name says. */
export function readFrom(files: Files): Read {
  const textOf = (name: string) => {
    const content = files[name];
    if (content === undefined) throw new Error(`${name} is missing`);
    return new TextDecoder().decode(content);
  };
  const names = ['apiDefinition.swagger.json', 'apiProperties.json', 'settings.json', 'readme.md'];
  const texts = Object.fromEntries(names.map(name => [name, textOf(name)]));
  return {
    swagger: swaggerDocument.parse(JSON.parse(textOf('apiDefinition.swagger.json'))),
    texts,
    icon: files['icon.png'] ?? new Uint8Array(),
    brandColor: branded.parse(JSON.parse(textOf('apiProperties.json'))).properties.iconBrandColor,
  };
}
