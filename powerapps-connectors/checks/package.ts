import * as z from 'zod';
import { channelsOf, iconSize } from '../icon.ts';
import { placeholders } from '../connector.ts';
import type { Swagger } from '../swagger.ts';
import { operationsOf } from './walk.ts';

const largestDefinition = 1_000_000;
const mostOperations = 256;

/** Check 5: under 1 MB and 256 operations (faq.md); four spaces, no tab, no trailing blank (coding-standards.md). */
export function layout(text: string, swagger: Swagger): string[] {
  const lines = text.split('\n');
  return [
    ...(Buffer.byteLength(text) < largestDefinition ? [] : ['the definition is not under 1 MB']),
    ...(operationsOf(swagger).length <= mostOperations ? [] : [`more than ${mostOperations} operations`]),
    ...lines.flatMap((line, index) => [
      ...(line.includes('\t') ? [`line ${index + 1}: a tab`] : []),
      ...(/\s$/.test(line) ? [`line ${index + 1}: a blank at the end`] : []),
      ...((/^ */.exec(line)?.[0].length ?? 0) % 4 === 0 ? [] : [`line ${index + 1}: not indented by fours`]),
    ]),
  ];
}

const named = z.object({ value: z.string() });
const properties = z.strictObject({
  properties: z.strictObject({
    connectionParameters: z.strictObject({
      token: z.strictObject({
        type: z.literal('oauthSetting'),
        oAuthSettings: z.strictObject({
          identityProvider: z.literal('aad'), clientId: z.string(), scopes: z.array(z.string()),
          customParameters: z.strictObject({ loginUri: named, resourceUri: named, tenantId: named }),
        }),
      }),
    }),
    iconBrandColor: z.string().regex(/^#[0-9a-f]{6}$/),
    capabilities: z.array(z.enum(['actions', 'triggers', 'cloud', 'gateway'])), publisher: z.string().min(1), stackOwner: z.string().min(1),
    policyTemplateInstances: z.array(z.strictObject({ templateId: z.literal('updatenextlink'), title: z.string(), parameters: z.record(z.string(), z.unknown()) })).optional(),
  }),
});

/** Check 2: the sign-in that spec 1.3 asks for (Entra ID, resource, login address, tenant), and nothing else. */
export function apiProperties(text: string): string[] {
  const parsed = properties.safeParse(JSON.parse(text));
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `apiProperties.json ${path.join('.')}: ${message}`);
}

const settings = z.strictObject({
  connectorId: z.string(), environment: z.uuid().optional(), apiProperties: z.literal('apiProperties.json'), apiDefinition: z.literal('apiDefinition.swagger.json'),
  icon: z.literal('icon.png'), powerAppsUrl: z.url(), powerAppsApiVersion: z.literal('2016-11-01'),
});

/** Check 3: the settings of paconn and pac. */
export function settingsFile(text: string): string[] {
  const parsed = settings.safeParse(JSON.parse(text));
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `settings.json ${path.join('.')}: ${message}`);
}

const secrets: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY/, 'a private key'],
  [/\beyJ[\w-]{10,}\.eyJ/, 'a token'],
  [/(AccountKey|SharedAccessKey|client_secret|[?&]sig|[?&]code)=/i, 'a key'],
  [/"clientSecret": "(?!@environmentVariables)/, 'a client secret'],
];
const guid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

/** Check 24: no secret anywhere; tenant and client ids only as placeholders. Examples in the definition may be GUIDs, so those are not looked at. */
export function secretsIn(texts: Readonly<Record<string, string>>): string[] {
  return Object.entries(texts).flatMap(([name, text]) => [
    ...secrets.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${name}: holds ${what}`),
    ...(name.endsWith('.swagger.json') ? [] : [...text.matchAll(guid)].filter(([id]) => id !== placeholders.tenantId).map(([id]) => `${name}: ${id} is not a placeholder`)),
  ]);
}

/** Check 25: a PNG of the size that the guide asks for, whose background is the brand colour, which is neither white nor the platform's blue. */
export function icon(image: Uint8Array, brandColor: string): string[] {
  const view = Buffer.from(image);
  const header = { signature: view.subarray(1, 4).toString('latin1'), width: view.readUInt32BE(16), height: view.readUInt32BE(20), colorType: view[25] };
  const palette = view.indexOf('PLTE');
  const background = [...view.subarray(palette + 4, palette + 7)];
  return [
    ...(header.signature === 'PNG' && header.colorType === 3 ? [] : ['icon.png: not a palette PNG']),
    ...(header.width === iconSize && header.height === iconSize ? [] : [`icon.png: not ${iconSize} by ${iconSize}`]),
    ...(['#ffffff', '#007ee5'].includes(brandColor.toLowerCase()) ? [`iconBrandColor: ${brandColor} is reserved`] : []),
    ...(background.join() === channelsOf(brandColor).join() && view.indexOf('tRNS') === -1 ? [] : ['icon.png: the background is not the brand colour, opaque']),
  ];
}

/** Check 26: the readme names each operation that makers see, and has every section. */
export function readme(text: string, swagger: Swagger): string[] {
  const sections = ['Publisher', 'Prerequisites', 'Supported operations', 'Obtaining credentials', 'Getting started', 'Known issues and limitations', 'Deployment'];
  return [
    ...sections.filter(section => !text.includes(`\n## ${section}\n`)).map(section => `readme.md: the section ${section} is missing`),
    ...operationsOf(swagger).filter(({ operation }) => !text.includes(`\`${operation.operationId}\``)).map(({ operation }) => `readme.md: ${operation.operationId} is missing`),
  ];
}
