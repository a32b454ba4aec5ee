import { canonicalJson } from '../../../../shared/domain/canonical.ts';
import type { Birth } from '../clock/age.ts';
import type { Casefile } from '../person/casefile.ts';
import type { Person } from '../person/person.ts';
import { isNotKnown, known } from '../person/unknown.ts';
import { pathOf, placed } from './places.ts';

export interface Facts {
  readonly person: Person;
  readonly casefile: Casefile;
}
/** One field that an edit changed, in the words of the edge: a text as it is, a list as JSON, nothing where there was none. */
export interface FieldChange {
  readonly field: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

export type Tree = Readonly<Record<string, unknown>>;
export const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

function valueAt(tree: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return tree;
  return isTree(tree) ? valueAt(tree[step], rest) : undefined;
}

/** Every field that can be edited and that is there, by its name at the edge, as the body of an edit would give it (15.2 item 35). */
export function edgeOf(facts: Facts): Map<string, unknown> {
  const found = placed.flatMap((name): [string, unknown][] => {
    const value = valueAt(facts, pathOf(name));
    if (value === undefined) return [];
    return isNotKnown(value) ? [[`${name}Known`, false], [`${name}Reason`, value.reason]] : [[name, value]];
  });
  return new Map([...found, ...birthOf(facts.person)]);
}

function birthOf({ dob }: Person): [string, unknown][] {
  if (isNotKnown(dob)) return [['dobKnown', false], ['dobReason', dob.reason]];
  const born = known(dob);
  return born ? [[born.by === 'AGE_RANGE' ? 'age' : 'dob', birthText(born)]] : [];
}

function birthText(born: Birth): string {
  switch (born.by) {
    case 'DATE': return born.date;
    case 'YEAR': return String(born.year);
    case 'AGE_RANGE': return born.from === born.to ? String(born.from) : `${born.from}-${born.to}`;
  }
}

/** As it is shown and compared. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}

/** What differs between two moments of a record, field by field. */
export function changesBetween(before: Facts, after: Facts): FieldChange[] {
  const [was, is] = [edgeOf(before), edgeOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap(field => {
    const change = { field, ...(was.has(field) && { before: textOf(was.get(field)) }), ...(is.has(field) && { after: textOf(is.get(field)) }) };
    return change.before === change.after ? [] : [change];
  });
}

/** `clothing`, `clothingKnown` and `clothingReason` are one field; so are a date of birth and an age. */
export function ofOne(name: string): string {
  return name === 'age' ? 'dob' : name.replace(/(?:Known|Reason)$/, '');
}
