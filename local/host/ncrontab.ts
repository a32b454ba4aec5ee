/** A six-field NCRONTAB schedule in UTC. Day of month and day of week must BOTH match, unlike in Unix cron. */
export interface Schedule {
  readonly text: string;
  /** The first occurrence after an instant, both in milliseconds since the epoch. Throws when there is none within 40 years. */
  next(after: number): number;
}

type Field = ReadonlySet<number>;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Fields { second: Field; minute: Field; hour: Field; day: Field; month: Field; weekday: Field }

/** Parses `{second} {minute} {hour} {day} {month} {day of week}`; five fields begin with the minute, the second is then 0. */
export function parseNcrontab(text: string): Schedule {
  const parts = text.trim().split(/\s+/);
  const [second = '', minute = '', hour = '', day = '', month = '', weekday] = parts.length === 5 ? ['0', ...parts] : parts;
  if (weekday === undefined || parts.length > 6) throw new Error(`"${text}" is not an NCRONTAB expression of 6 (or 5) fields`);
  const fields: Fields = {
    second: parseField(second, 0, 59),
    minute: parseField(minute, 0, 59),
    hour: parseField(hour, 0, 23),
    day: parseField(day, 1, 31),
    month: parseField(month, 1, 12, months),
    weekday: parseField(weekday, 0, 6, days),
  };
  return { text, next: after => nextOccurrence(fields, text, after) };
}

function parseField(text: string, low: number, high: number, names: readonly string[] = []): Field {
  return new Set(text.split(',').flatMap(part => parseRange(part, { low, high, names })));
}

interface Range { readonly low: number; readonly high: number; readonly names: readonly string[] }

function parseRange(text: string, { low, high, names }: Range): number[] {
  const match = /^(\*|[a-z]+|\d+)(?:-([a-z]+|\d+))?(?:\/(\d+))?$/i.exec(text);
  if (!match) throw new Error(`"${text}" is not part of an NCRONTAB field`);
  const [, first = '', last, every] = match;
  const from = first === '*' ? low : valueOf(first, low, names);
  const to = last === undefined ? openEnd(first, every, { from, high }) : valueOf(last, low, names);
  const step = Number(every ?? 1);
  if (!(from >= low && to <= high && from <= to && step >= 1)) throw new Error(`"${text}" is out of the range ${low} to ${high}`);
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_unused, index) => from + index * step);
}

/** `*` and `5/10` run to the end of the range, a single value is itself. */
function openEnd(first: string, every: string | undefined, range: { from: number; high: number }): number {
  return first === '*' || every !== undefined ? range.high : range.from;
}

function valueOf(text: string, low: number, names: readonly string[]): number {
  const index = names.indexOf(text.slice(0, 3).toLowerCase());
  return index >= 0 ? index + low : Number(text);
}

function nextOccurrence(fields: Fields, text: string, after: number): number {
  const at = new Date(Math.floor(after / 1000) * 1000 + 1000);
  const end = after + 40 * 366 * 86_400_000;
  while (at.getTime() <= end) {
    if (!fields.month.has(at.getUTCMonth() + 1)) toNextMonth(at);
    else if (!fields.day.has(at.getUTCDate()) || !fields.weekday.has(at.getUTCDay())) at.setUTCHours(24, 0, 0);
    else if (!fields.hour.has(at.getUTCHours())) at.setUTCMinutes(60, 0);
    else if (!fields.minute.has(at.getUTCMinutes())) at.setUTCSeconds(60);
    else if (!fields.second.has(at.getUTCSeconds())) at.setUTCSeconds(at.getUTCSeconds() + 1);
    else return at.getTime();
  }
  throw new Error(`"${text}" never occurs`);
}

function toNextMonth(at: Date): void {
  at.setUTCMonth(at.getUTCMonth() + 1, 1);
  at.setUTCHours(0, 0, 0);
}
