import * as z from 'zod';
import { bodies, type Act, type ActName } from '../../../functions/missing-persons/rules/bodies/all.ts';
import type { MissingRecord } from '../../../functions/missing-persons/state.ts';

/** A number from 0 to 1. */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(random: Random, from: readonly [T, ...T[]]): T {
  return from[Math.floor(random() * from.length)] ?? from[0];
}

const names = Object.keys(bodies).filter((name): name is ActName => Object.hasOwn(bodies, name));
export const actNames: readonly ActName[] = names;

/** A body for this command, mostly right: ids are those of the record, times are near now, words are the examples. */
export function anyAct(name: ActName, record: MissingRecord, now: string, random: Random): Act | undefined {
  const schema = bodies[name];
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  const raw = Object.fromEntries(Object.entries(shape).flatMap(([field, type]) => {
    const value = valueOf(field, type, { record, now, random });
    return value === undefined ? [] : [[field, value]];
  }));
  const parsed = schema.safeParse(raw);
  const act = { do: name, ...(parsed.success ? parsed.data : {}) };
  return parsed.success && isAct(act) ? act : undefined;
}

const isAct = (act: { readonly do: string }): act is Act => Object.hasOwn(bodies, act.do);

interface About { readonly record: MissingRecord; readonly now: string; readonly random: Random }

function valueOf(field: string, type: z.core.$ZodType, about: About): unknown {
  const { random } = about;
  if (type instanceof z.ZodOptional) return random() < 0.4 ? valueOf(field, inner(type), about) : undefined;
  if (type instanceof z.ZodDefault) return random() < 0.7 ? undefined : valueOf(field, inner(type), about);
  const known = idOf(field, about);
  if (known !== undefined) return known;
  if (type instanceof z.ZodEnum) return pick(random, [type.options[0], ...type.options.slice(1)]);
  if (type instanceof z.ZodBoolean) return random() < 0.7;
  if (type instanceof z.ZodISODateTime) return new Date(Date.parse(about.now) + Math.floor((random() * 2 - 1.2) * 3_600_000)).toISOString();
  if (type instanceof z.ZodArray) return random() < 0.8 ? [valueOf(field, type.element, about)] : [];
  if (type instanceof z.ZodObject) return Object.fromEntries(Object.entries(type.shape).flatMap(([name, part]) => { const value = valueOf(name, part instanceof z.ZodType ? part : z.never(), about); return value === undefined ? [] : [[name, value]]; }));
  return type instanceof z.ZodType ? exampleOf(type) : undefined;
}

function inner(type: z.ZodOptional | z.ZodDefault): z.core.$ZodType {
  return type.def.innerType;
}

function exampleOf(type: z.ZodType): unknown {
  return z.globalRegistry.get(type)?.['example'] ?? 'a sentence of some length that says why';
}

/** Ids that the record has, so that a command is not refused for a name alone. */
function idOf(field: string, { record, random, now }: About): string | undefined {
  const from = (list: readonly string[]): string | undefined => (list.length > 0 ? list[Math.floor(random() * list.length)] : undefined);
  switch (field) {
    case 'taskId': return from(record.tasks.filter(task => task.state === 'TODO' || task.state === 'DOING').map(task => task.taskId));
    case 'informationId': case 'informationIds': case 'acknowledgementId': return from(record.information.map(item => item.id));
    case 'pendingId': return from(record.pending.map(item => item.pendingId));
    case 'pageId': return from(record.pages.map(item => item.pageId));
    case 'reviewId': return from(record.reviews.map(item => item.reviewId));
    case 'evidenceJson': return pick<string>(random, [
      JSON.stringify({ kind: 'NOTE_AND_OUTCOME', note: 'Rang all of them', outcome: 'Not there' }), JSON.stringify({ kind: 'ACK', by: 'oscar', at: now }), JSON.stringify({ kind: 'PNC_REF', reference: 'PNC-1', at: now }),
    ]);
    default: return undefined;
  }
}
