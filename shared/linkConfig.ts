import * as z from 'zod';
import { serviceIdOf } from './notify/apiKey.ts';

/** Settings of live links, their pages, messages and force systems, and of Teams. They go together: with LIVE_LINK_PROVIDER_URL all that it needs is required. */
type Environment = Readonly<Record<string, string | undefined>>;
interface Fault { readonly variable: string; readonly rule: string }

/** JSON in a variable. What it must be is the room's to say. */
function readJson(text: string, context: z.RefinementCtx): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.fromEntries(Object.entries(value));
  } catch {
    // Told below, without the text.
  }
  context.addIssue({ code: 'custom', message: 'must be a JSON object' });
  return z.NEVER;
}

/** Made when a force has live links: schemas of sixty settings are a tenth of a cold start. */
function linkSchema() {
  const address = z.string().refine(value => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), 'must be an http or https address').transform(value => value.replace(/\/+$/, ''));
  const guid = z.string().toLowerCase().regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/, 'must be a GUID');
  const secret = (min: number) => z.string().min(min, `must have ${min} characters at least`);
  const secrets = (min: number) => z.string().transform(text => text.split(',').map(part => part.trim()).filter(part => part !== ''))
    .refine(parts => parts.length > 0 && parts.every(part => part.length >= min), `must be one or more secrets of ${min} characters at least, separated by commas, the newest first`);

  const json = z.string().default('{}').transform(readJson);
  const jsonTexts = json.transform((value, context): Readonly<Record<string, string>> => {
    const parsed = z.record(z.string(), z.string()).safeParse(value);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'must be a JSON object of texts' });
    return z.NEVER;
  });

  return z.object({
    LIVE_LINK_PROVIDER_URL: address.optional(),
    LIVE_LINK_PROVIDER_KEY: secret(16).optional(),
    LIVE_LINK_PROVIDER_NAME: z.string().min(1).max(60).default('GoodSAM'),
    LIVE_LINK_WEBHOOK_SECRETS: secrets(20).optional(),
    LIVE_LINK_TIMINGS: json,
    REFERENCE_PATTERNS: jsonTexts,
    NOTIFY_URL: address.optional(),
    NOTIFY_API_KEY: secret(20).optional(),
    NOTIFY_NEUTRAL_API_KEY: secret(20).optional(),
    NOTIFY_RECEIPT_TOKEN: secret(32).optional(),
    NOTIFY_TEMPLATES: jsonTexts,
    LINK_KEYS: secrets(32).optional(),
    ADDRESS_KEYS: secrets(32).optional(),
    PUBLIC_LINK_ORIGIN: address.optional(),
    NEUTRAL_LINK_ORIGIN: address.optional(),
    STAFF_APP_URL: address.default('https://teams.microsoft.com/l/app'),
    KEEP_DAYS: z.string().regex(/^\d{1,4}$/, 'must be a number of days').default('31').transform(Number),
    TRUSTED_PROXY_HOPS: z.string().regex(/^\d$/, 'must be a number from 0 to 9').default('0').transform(Number),
    FORCE_SHORT_NAME: z.string().min(1).max(30).default('Cheshire Police'),
    FORCE_PHONE: z.string().regex(/^\d{3,11}$/, 'must be a telephone number').default('101'),
    FORCE_COLOUR: z.string().regex(/^#[\da-f]{6}$/i, 'must be #rrggbb').default('#0b2a55'),
    FORCE_DATA_PROTECTION: z.string().min(1).max(200).default('data.protection@example.com'),
    INCIDENT_LOG_URL: address.optional(), INCIDENT_LOG_KEY: secret(16).optional(),
    SAFEGUARDING_URL: address.optional(), SAFEGUARDING_KEY: secret(16).optional(),
    ON_DUTY_URL: address.optional(), ON_DUTY_KEY: secret(16).optional(),
    EVIDENCE_SYSTEM_URL: address.optional(), EVIDENCE_SYSTEM_KEY: secret(16).optional(),
    MALWARE_VERDICT_URL: address.optional(), MALWARE_VERDICT_KEY: secret(16).optional(),
    TEAMS_BOT_ID: guid.optional(),
    TEAMS_TENANT_ID: guid.optional(),
    TEAMS_SERVICE_URL: address.optional(),
    TEAMS_OPENID_METADATA_URL: address.optional(),
    TEAMS_TOKEN_URL: address.optional(),
    TEAMS_CHANNELS: jsonTexts,
    GRAPH_URL: address.optional(),
    /** Settings of missing persons that differ from the defaults; `{}` for none. Without it the force has no missing persons workflow here. */
    MISSING_PERSONS: z.string().transform(readJson).optional(),
    SECURE_MAIL_URL: address.optional(), SECURE_MAIL_KEY: secret(16).optional(),
    /**
     * Where the outage pack of missing persons is kept: a storage account of the force in another UK region than the app (of Azure's two, UK South and UK West), which the app's managed identity may
     * write to. Without it the pack lies in the app's own account: it survives the app then, and not the account or its region.
     */
    OUTAGE_PACK_ACCOUNT: z.string().regex(/^[a-z\d]{3,24}$/, 'must be an account name: 3 to 24 lower-case letters and digits').optional(),
    /** The same, local and test only. */
    OUTAGE_PACK_CONNECTION: z.string().min(1).optional(),
  });
}

type Read = z.output<ReturnType<typeof linkSchema>>;

/** Reads the settings of live links: undefined where a force does not use them, faults where they are wrong. */
export function readLinks(given: Environment): { readonly read?: Read; readonly faults: readonly Fault[] } {
  if (given['LIVE_LINK_PROVIDER_URL'] === undefined) return { faults: [] };
  const parsed = linkSchema().safeParse(given);
  if (!parsed.success) return { faults: parsed.error.issues.map(issue => ({ variable: String(issue.path[0]), rule: issue.message })) };
  return { read: parsed.data, faults: linkRules(parsed.data) };
}

const needed = [
  'LIVE_LINK_PROVIDER_KEY', 'LIVE_LINK_WEBHOOK_SECRETS', 'NOTIFY_API_KEY', 'NOTIFY_NEUTRAL_API_KEY', 'NOTIFY_RECEIPT_TOKEN', 'LINK_KEYS', 'ADDRESS_KEYS', 'PUBLIC_LINK_ORIGIN', 'NEUTRAL_LINK_ORIGIN',
  'INCIDENT_LOG_URL', 'INCIDENT_LOG_KEY', 'SAFEGUARDING_URL', 'SAFEGUARDING_KEY', 'ON_DUTY_URL', 'ON_DUTY_KEY', 'EVIDENCE_SYSTEM_URL', 'EVIDENCE_SYSTEM_KEY', 'MALWARE_VERDICT_URL', 'MALWARE_VERDICT_KEY', 'TEAMS_BOT_ID',
] as const;

/** What holds between these settings, in every environment. */
function linkRules(read: Read): Fault[] {
  const { NOTIFY_API_KEY: branded, NOTIFY_NEUTRAL_API_KEY: neutral } = read;
  // 21.9: the sender's name of the branded service on the phone of somebody at risk would say that the police write.
  const isShared = branded !== undefined && neutral !== undefined && (branded === neutral || (serviceIdOf(neutral) !== undefined && serviceIdOf(branded) === serviceIdOf(neutral)));
  return [
    ...needed.filter(name => read[name] === undefined).map(variable => ({ variable, rule: 'is required with LIVE_LINK_PROVIDER_URL' })),
    ...(isShared ? [{ variable: 'NOTIFY_NEUTRAL_API_KEY', rule: 'must be a key of another service than NOTIFY_API_KEY: the neutral texts have a sender of their own' }] : []),
    ...(read.OUTAGE_PACK_ACCOUNT !== undefined && read.OUTAGE_PACK_CONNECTION !== undefined ? [{ variable: 'OUTAGE_PACK_ACCOUNT', rule: 'or OUTAGE_PACK_CONNECTION, and not both' }] : []),
  ];
}

const botIdentity = 'the bot uses its managed identity';
/** What only a developer's machine or a test has. */
const notInProduction: ReadonlyMap<string, string> = new Map([
  ['TEAMS_TOKEN_URL', botIdentity], ['CLIENT_SECRET', botIdentity], ['DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS', botIdentity], ['OUTAGE_PACK_CONNECTION', 'use OUTAGE_PACK_ACCOUNT and a managed identity'],
]);

/** What production refuses of them: simulators, loopback addresses, and what only a developer's machine has (A11). */
export function linkProductionRules(given: Environment, isPublicHttps: (value: string) => boolean): Fault[] {
  const faults: Fault[] = [];
  for (const [name, value = ''] of Object.entries(given)) {
    if (/^(?:LIVE_LINK_PROVIDER|NOTIFY|INCIDENT_LOG|SAFEGUARDING|ON_DUTY|EVIDENCE_SYSTEM|MALWARE_VERDICT|SECURE_MAIL|TEAMS_SERVICE|TEAMS_OPENID_METADATA|GRAPH|STAFF_APP)_URL$|_LINK_ORIGIN$/.test(name) && !isPublicHttps(value)) {
      faults.push({ variable: name, rule: 'must be an https address that is not loopback: production refuses a simulator' });
    }
    // Graph takes no other address for an alert, and an alert that is refused fails without a word.
    if (name === 'STAFF_APP_URL' && !value.startsWith('https://teams.microsoft.com/l/')) faults.push({ variable: name, rule: 'must begin with https://teams.microsoft.com/l/' });
    const refusal = notInProduction.get(name);
    if (refusal !== undefined) faults.push({ variable: name, rule: `is not allowed in production: ${refusal}` });
  }
  if (given['LIVE_LINK_PROVIDER_URL'] !== undefined && given['FORCE_DATA_PROTECTION'] === undefined) faults.push({ variable: 'FORCE_DATA_PROTECTION', rule: 'is required in production' });
  return faults;
}

/** The settings of live links, or undefined where a force does not use them. */
export function linkConfig(given: Read | undefined, app: { readonly FORCE_NAME: string; readonly ENTRA_TENANT_ID: string; readonly ENTRA_AUDIENCE: string }) {
  if (given?.LIVE_LINK_PROVIDER_URL === undefined) return undefined;
  const read = { ...app, ...given, LIVE_LINK_PROVIDER_URL: given.LIVE_LINK_PROVIDER_URL };
  const text = (value: string | undefined): string => value ?? '';
  const list = (values: readonly string[] | undefined): readonly [string, ...string[]] => [values?.[0] ?? '', ...(values ?? []).slice(1)];
  const system = (url: string | undefined, key: string | undefined) => ({ url: text(url), key: text(key) });
  return {
    provider: { url: read.LIVE_LINK_PROVIDER_URL, key: text(read.LIVE_LINK_PROVIDER_KEY), name: read.LIVE_LINK_PROVIDER_NAME, webhookSecrets: read.LIVE_LINK_WEBHOOK_SECRETS ?? [] },
    notify: { url: read.NOTIFY_URL, apiKeys: { branded: text(read.NOTIFY_API_KEY), neutral: text(read.NOTIFY_NEUTRAL_API_KEY) }, receiptToken: text(read.NOTIFY_RECEIPT_TOKEN), templates: read.NOTIFY_TEMPLATES },
    secrets: { linkKeys: list(read.LINK_KEYS), addressKeys: list(read.ADDRESS_KEYS) },
    publicOrigin: text(read.PUBLIC_LINK_ORIGIN), neutralOrigin: text(read.NEUTRAL_LINK_ORIGIN), staffAppUrl: read.STAFF_APP_URL,
    missing: read.MISSING_PERSONS, secureMail: read.SECURE_MAIL_URL === undefined ? undefined : system(read.SECURE_MAIL_URL, read.SECURE_MAIL_KEY),
    outagePack: { account: read.OUTAGE_PACK_ACCOUNT, connectionString: read.OUTAGE_PACK_CONNECTION },
    timings: read.LIVE_LINK_TIMINGS, references: read.REFERENCE_PATTERNS, keepDays: read.KEEP_DAYS, trustedProxyHops: read.TRUSTED_PROXY_HOPS,
    force: { name: read.FORCE_NAME, shortName: read.FORCE_SHORT_NAME, phone: read.FORCE_PHONE, colour: read.FORCE_COLOUR, dataProtection: read.FORCE_DATA_PROTECTION },
    systems: {
      incidentLog: system(read.INCIDENT_LOG_URL, read.INCIDENT_LOG_KEY), safeguarding: system(read.SAFEGUARDING_URL, read.SAFEGUARDING_KEY), onDuty: system(read.ON_DUTY_URL, read.ON_DUTY_KEY),
      evidenceSystem: system(read.EVIDENCE_SYSTEM_URL, read.EVIDENCE_SYSTEM_KEY), malware: system(read.MALWARE_VERDICT_URL, read.MALWARE_VERDICT_KEY),
    },
    teams: {
      botId: text(read.TEAMS_BOT_ID), tenantId: read.TEAMS_TENANT_ID ?? read.ENTRA_TENANT_ID, appId: read.ENTRA_AUDIENCE.replace(/^api:\/\//, ''), serviceUrl: read.TEAMS_SERVICE_URL, openIdMetadataUrl: read.TEAMS_OPENID_METADATA_URL,
      tokenUrl: read.TEAMS_TOKEN_URL, graphUrl: read.GRAPH_URL, channels: read.TEAMS_CHANNELS,
    },
  };
}
export type LinkConfig = NonNullable<ReturnType<typeof linkConfig>>;
