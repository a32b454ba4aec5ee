import type { Person } from './person.ts';
import type { PersonName } from './parts.ts';

/** The name to show: the legal one first. Somebody with one name has one word; nobody known is "Unidentified person". */
export function shownName({ names }: Pick<Person, 'names'>): string {
  const name = names.find(({ type }) => type === 'LEGAL') ?? names[0];
  return name === undefined ? 'Unidentified person' : wholeName(name);
}

export function wholeName({ given, other, family }: Omit<PersonName, 'type'>): string {
  return [given, other, family].filter(part => part !== undefined).join(' ');
}

/** Initials for a message that may be seen by others (N01): `E.M.`; of somebody with one name, one. */
export function initialsOf(person: Pick<Person, 'names'>): string {
  const name = person.names.find(({ type }) => type === 'LEGAL') ?? person.names[0];
  return [name?.given, name?.family].filter(part => part !== undefined).map(part => `${(Array.from(part)[0] ?? '').toUpperCase()}.`).join('');
}
