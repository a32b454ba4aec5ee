/** Every field that a log row may carry. There is none for content, names, addresses or free text from a request: ids, words and counts only. */
const fieldKinds = {
  traceId: 'text', operation: 'text', operationKey: 'text', caseId: 'text', documentId: 'text', caller: 'text', room: 'text',
  function: 'text', method: 'text', route: 'text', code: 'text', reason: 'text', queue: 'text', table: 'text', container: 'text', effect: 'text',
  version: 'text', environment: 'text', step: 'text', state: 'text', provider: 'text', host: 'text', schedule: 'text', pointer: 'text',
  status: 'number', durationMs: 'number', attempt: 'number', dequeueCount: 'number', count: 'number', bytes: 'number', pages: 'number',
  retryAfterSeconds: 'number', ageSeconds: 'number', limit: 'number', isRetry: 'flag', isFinal: 'flag',
} as const satisfies Record<string, 'text' | 'number' | 'flag'>;

type Kinds = typeof fieldKinds;
type ValueOf<K> = K extends 'text' ? string : K extends 'number' ? number : boolean;
export type LogFields = { readonly [N in keyof Kinds]?: ValueOf<Kinds[N]> | undefined };
export type Level = 'debug' | 'info' | 'warning' | 'error';
export type WriteLine = (level: Level, line: string) => void;

/** `event` is a fixed kebab-case word chosen in code, never built from data. */
export interface Log {
  readonly debug: (event: string, fields?: LogFields) => void;
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields, error?: unknown) => void;
  readonly error: (event: string, fields?: LogFields, error?: unknown) => void;
  /** A row of the security log (storage-protocol 10): refused sign-ins and permissions. */
  readonly security: (event: string, fields?: LogFields) => void;
  /** A log whose rows all carry these fields too. */
  readonly with: (fields: LogFields) => Log;
}

const MAX_TEXT = 200;
const MAX_FRAMES = 12;
const MAX_CAUSES = 3;
const order: Readonly<Record<Level, number>> = { debug: 0, info: 1, warning: 2, error: 3 };

interface LogOptions {
  readonly write?: WriteLine;
  readonly now?: () => Date;
  readonly minimum?: Level;
}

/**
 * The only writer of logs: one JSON object a line. Fields outside the allow-list, or of the wrong type, are dropped and counted in `dropped`, so that a
 * slip in code shows without leaking (ASVS 16.2.5). Text is cut at 200 characters and control characters are escaped (ASVS 16.4.1).
 */
export function createLog(options: LogOptions = {}, base: LogFields = {}): Log {
  const { write = toConsole, now = () => new Date(), minimum = 'info' } = options;
  const row = (level: Level, kind: 'app' | 'security', event: string, rest: { fields?: LogFields | undefined; error?: unknown }): void => {
    // The security log is complete at every level.
    if (kind === 'app' && order[level] < order[minimum]) return;
    const { kept, dropped } = allowed({ ...base, ...rest.fields });
    const error = rest.error === undefined ? {} : { error: reduced(rest.error, MAX_CAUSES) };
    write(level, line({ at: now().toISOString(), level, kind, event: bounded(event), ...kept, ...(dropped > 0 && { dropped }), ...error }));
  };
  return {
    debug: (event, fields) => row('debug', 'app', event, { fields }),
    info: (event, fields) => row('info', 'app', event, { fields }),
    warn: (event, fields, error) => row('warning', 'app', event, { fields, error }),
    error: (event, fields, error) => row('error', 'app', event, { fields, error }),
    security: (event, fields) => row('warning', 'security', event, { fields }),
    with: fields => createLog(options, { ...base, ...fields }),
  };
}

function allowed(fields: object): { kept: Record<string, unknown>; dropped: number } {
  const kept: Record<string, unknown> = {};
  let dropped = 0;
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (isAllowed(name, value)) kept[name] = typeof value === 'string' ? bounded(value) : value;
    else dropped += 1;
  }
  return { kept, dropped };
}

// The types say all this too; a value that came through `unknown` or a wider object is why it is checked again.
function isAllowed(name: string, value: unknown): boolean {
  const kind = Object.entries(fieldKinds).find(([known]) => known === name)?.[1];
  if (kind === 'text') return typeof value === 'string';
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value);
  return kind === 'flag' && typeof value === 'boolean';
}

function bounded(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}...` : text;
}

/** Name, code and stack frames. The message may hold a person's data (a parser quotes its input), so only our own error classes keep theirs. */
function reduced(error: unknown, causesLeft: number): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? { code: bounded(String(error.code)) } : {};
  const message = 'isLoggable' in error && error.isLoggable === true ? { message: bounded(error.message) } : {};
  const cause = error.cause instanceof Error && causesLeft > 0 ? { cause: reduced(error.cause, causesLeft - 1) } : {};
  return { name: bounded(error.name), ...code, ...message, stack: frames(error), ...cause };
}

// The head of `stack` repeats the message, which may span lines and may look like a frame: it is cut off by length, not by pattern.
function frames(error: Error): string[] {
  const stack = error.stack ?? '';
  const at = error.message === '' ? 0 : stack.indexOf(error.message);
  if (at < 0) return [];
  return stack.slice(at + error.message.length).split('\n').map(frame => frame.trim())
    .filter(frame => frame.startsWith('at ')).slice(0, MAX_FRAMES).map(bounded);
}

// JSON.stringify leaves DEL, C1, line separators, and the bidirectional marks that make a terminal show another text than is there.
const unsafe = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function line(row: Record<string, unknown>): string {
  return JSON.stringify(row).replace(unsafe, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function toConsole(level: Level, text: string): void {
  if (level === 'error') console.error(text);
  else if (level === 'warning') console.warn(text);
  else console.log(text);
}
