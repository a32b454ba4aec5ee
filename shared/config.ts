import * as z from 'zod';
import { linkConfig, linkProductionRules, readLinks } from './linkConfig.ts';

/** Settings that fail to start the app. The message names the variables and the rule that each breaks, never a value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly isLoggable = true;
  readonly variables: readonly string[];
  constructor(faults: readonly Fault[]) {
    super(`The configuration is refused: ${faults.map(fault => `${fault.variable} ${fault.rule}`).join('; ')}.`);
    this.variables = faults.map(fault => fault.variable);
  }
}

interface Fault {
  readonly variable: string;
  readonly rule: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** design.md 4: a job works 4 minutes at most and functionTimeout is 30 minutes; an effect must end well inside it. */
const FUNCTION_TIMEOUT_SECONDS = 1_800;
const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const whole = (fallback: number, { min, max }: { min: number; max: number }) =>
  z.string().regex(/^\d{1,10}$/, `must be a whole number from ${min} to ${max}`).default(String(fallback)).transform(Number)
    .refine(value => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);
const address = z.string().refine(value => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), 'must be an http or https address').optional();

const variables = z.object({
  FORCE_ENVIRONMENT: z.enum(['local', 'test', 'production'], 'is required: local, test or production'),
  FORCE_NAME: z.string().min(1, 'must not be empty').max(80, 'must be 80 characters at most').default('Cheshire Constabulary'),
  STORAGE_CONNECTION: z.string().min(1).optional(),
  STORAGE_ACCOUNT: z.string().regex(/^[a-z\d]{3,24}$/, 'must be an account name: 3 to 24 lower-case letters and digits').optional(),
  STORAGE_SUFFIX: z.string().regex(/^[a-z\d.-]{3,100}$/, 'must be a domain name').default('core.windows.net'),
  ENTRA_TENANT_ID: z.string('is required').toLowerCase().regex(guid, 'must be a GUID'),
  ENTRA_AUDIENCE: z.string('is required').min(1, 'is required').max(200, 'must be 200 characters at most'),
  ENTRA_SCOPE: z.string().regex(/^[\w.-]{1,100}$/, 'must be one scope name').default('access_as_user'),
  ENTRA_ISSUER: address,
  ENTRA_VERSION_1_ISSUER: address,
  ENTRA_JWKS_URL: address,
  TOMBSTONE_AFTER_SECONDS: whole(60, { min: 1, max: 600 }),
  SWEEP_AFTER_SECONDS: whole(900, { min: 1, max: 86_400 }),
  EFFECT_TIMEOUT_SECONDS: whole(240, { min: 1, max: FUNCTION_TIMEOUT_SECONDS - 1 }),
  COMMIT_VISIBILITY_SECONDS: whole(1, { min: 0, max: 60 }),
  QUEUE_VISIBILITY_SECONDS: whole(30, { min: 1, max: 3_600 }),
  QUEUE_MAX_DEQUEUE_COUNT: whole(5, { min: 2, max: 20 }),
  UPLOAD_MAX_BYTES: whole(20 * 1024 * 1024, { min: 1_024, max: 104_857_600 }),
  PUBLIC_BASE_URL: address,
  CLOCK_OFFSET_FILE: z.string().min(1).optional(),
  GIT_COMMIT: z.string().regex(/^[\w.-]{1,64}$/, 'must be a commit or a version').default('unknown'),
});
type Variables = z.output<typeof variables>;

/** The settings of this app. Times are in seconds, as their names say. */
export type Config = Readonly<ReturnType<typeof toConfig>>;

/** Reads and checks the settings in an environment. Throws one ConfigurationError that names every variable at fault. */
export function readConfig(environment: Environment): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = variables.safeParse(given);
  const faults = parsed.success ? rules(parsed.data) : parsed.error.issues.map(issue => ({ variable: String(issue.path[0]), rule: issue.message }));
  const links = readLinks(given);
  faults.push(...links.faults);
  if (given['FORCE_ENVIRONMENT'] === 'production') faults.push(...productionRules(given));
  if (faults.length > 0 || !parsed.success) throw new ConfigurationError(faults);
  return toConfig(parsed.data, links.read);
}

/** The settings of this process. Throws ConfigurationError. */
export function loadConfig(): Config {
  return readConfig(process.env);
}

function toConfig(read: Variables, links: ReturnType<typeof readLinks>['read']) {
  const login = `https://login.microsoftonline.com/${read.ENTRA_TENANT_ID}`;
  return {
    environment: read.FORCE_ENVIRONMENT,
    forceName: read.FORCE_NAME,
    version: read.GIT_COMMIT,
    publicBaseUrl: read.PUBLIC_BASE_URL?.replace(/\/+$/, ''),
    storage: storageOf(read),
    entra: {
      tenantId: read.ENTRA_TENANT_ID,
      audience: read.ENTRA_AUDIENCE,
      scope: read.ENTRA_SCOPE,
      issuer: read.ENTRA_ISSUER ?? `${login}/v2.0`,
      version1Issuer: read.ENTRA_VERSION_1_ISSUER,
      jwksUrl: read.ENTRA_JWKS_URL ?? `${login}/discovery/v2.0/keys`,
    },
    tombstoneAfterSeconds: read.TOMBSTONE_AFTER_SECONDS,
    sweepAfterSeconds: read.SWEEP_AFTER_SECONDS,
    effectTimeoutSeconds: read.EFFECT_TIMEOUT_SECONDS,
    commitVisibilitySeconds: read.COMMIT_VISIBILITY_SECONDS,
    queueVisibilitySeconds: read.QUEUE_VISIBILITY_SECONDS,
    queueMaxDequeueCount: read.QUEUE_MAX_DEQUEUE_COUNT,
    uploadMaxBytes: read.UPLOAD_MAX_BYTES,
    liveLinks: linkConfig(links, read),
    clockOffsetFile: read.CLOCK_OFFSET_FILE,
  };
}

type Storage =
  | { readonly kind: 'connectionString'; readonly connectionString: string }
  | { readonly kind: 'managedIdentity'; readonly account: string; readonly suffix: string };

function storageOf(read: Variables): Storage {
  return read.STORAGE_CONNECTION === undefined
    ? { kind: 'managedIdentity', account: read.STORAGE_ACCOUNT ?? '', suffix: read.STORAGE_SUFFIX }
    : { kind: 'connectionString', connectionString: read.STORAGE_CONNECTION };
}

/** What holds between the settings, in every environment. */
function rules(read: Variables): Fault[] {
  const faults: Fault[] = [];
  if (read.CLOCK_OFFSET_FILE !== undefined && read.FORCE_ENVIRONMENT !== 'test') faults.push({ variable: 'CLOCK_OFFSET_FILE', rule: 'is for tests only' });
  const stores = [read.STORAGE_CONNECTION, read.STORAGE_ACCOUNT].filter(store => store !== undefined).length;
  if (stores !== 1) faults.push({ variable: 'STORAGE_ACCOUNT', rule: 'or STORAGE_CONNECTION is required, and not both' });
  if (read.ENTRA_ISSUER?.toLowerCase().includes(read.ENTRA_TENANT_ID) === false) faults.push({ variable: 'ENTRA_ISSUER', rule: 'must name the tenant of ENTRA_TENANT_ID' });
  // storage-protocol 11: else a message could be poison before its late commit can be ruled out.
  if ((read.QUEUE_MAX_DEQUEUE_COUNT - 1) * read.QUEUE_VISIBILITY_SECONDS <= read.TOMBSTONE_AFTER_SECONDS) {
    faults.push({ variable: 'QUEUE_MAX_DEQUEUE_COUNT', rule: 'less one, times QUEUE_VISIBILITY_SECONDS, must be more than TOMBSTONE_AFTER_SECONDS' });
  }
  return faults;
}

/** What production refuses, looked for in the whole environment: these are the mistakes that copy a developer's machine into production. */
function productionRules(given: Environment): Fault[] {
  const faults: Fault[] = linkProductionRules(given, isPublicHttps);
  const refuse = (variable: string, rule: string) => faults.push({ variable, rule });
  for (const [name, value = ''] of Object.entries(given)) {
    if (name === 'STORAGE_CONNECTION') refuse(name, 'is not allowed in production: use STORAGE_ACCOUNT and a managed identity');
    else if (/AccountKey\s*=|SharedAccessSignature\s*=|UseDevelopmentStorage/i.test(value)) refuse(name, 'holds a storage key or development storage, which production refuses');
    if (/SIMULAT/i.test(name)) refuse(name, 'is a simulator, which production refuses');
    if (/^(?:ENTRA_.*(?:ISSUER|URL)|PUBLIC_BASE_URL)$/.test(name) && !isPublicHttps(value)) refuse(name, 'must be an https address that is not loopback');
  }
  const tombstone = Number(given['TOMBSTONE_AFTER_SECONDS'] ?? '60');
  if (tombstone < 60) refuse('TOMBSTONE_AFTER_SECONDS', 'must be 60 at least in production');
  if (given['PUBLIC_BASE_URL'] === undefined) refuse('PUBLIC_BASE_URL', 'is required in production');
  return faults;
}

function isPublicHttps(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' && !/(?:^|\.)localhost\.?$|^127\.|^0\.0\.0\.0$|^\[::(?:1|ffff:7f.*)?\]$/.test(hostname);
}

const timeSpan = z.string().regex(/^\d\d:\d\d:\d\d$/).transform(text => {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return hours * 3_600 + minutes * 60 + seconds;
});
const hostSchema = z.object({
  functionTimeout: timeSpan,
  extensions: z.object({
    http: z.object({ routePrefix: z.string() }),
    queues: z.object({ maxDequeueCount: z.int(), visibilityTimeout: timeSpan, messageEncoding: z.string() }),
  }),
});

/** The host reads host.json and we read variables: they must say the same. Takes the parsed host.json; throws ConfigurationError. */
export function checkHostSettings(config: Config, hostJson: unknown): void {
  const { functionTimeout, extensions: { http, queues } } = hostSchema.parse(hostJson);
  const faults: Fault[] = [];
  const expect = (isMet: boolean, variable: string, rule: string) => isMet || faults.push({ variable, rule });
  expect(queues.maxDequeueCount === config.queueMaxDequeueCount, 'QUEUE_MAX_DEQUEUE_COUNT', 'differs from maxDequeueCount in host.json');
  expect(queues.visibilityTimeout === config.queueVisibilitySeconds, 'QUEUE_VISIBILITY_SECONDS', 'differs from visibilityTimeout in host.json');
  expect(config.effectTimeoutSeconds < functionTimeout, 'EFFECT_TIMEOUT_SECONDS', 'is not less than functionTimeout in host.json');
  expect(queues.messageEncoding === 'base64', 'host.json', 'must have messageEncoding base64');
  expect(http.routePrefix === '', 'host.json', 'must have an empty routePrefix');
  if (faults.length > 0) throw new ConfigurationError(faults);
}
