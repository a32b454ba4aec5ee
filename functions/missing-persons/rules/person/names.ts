import type { Person } from './person.ts';
import type { PersonName } from './parts.ts';

/** The legal name, or else the first that is known. */
function mainName({ names }: Pick<Person, 'names'>): PersonName | undefined {
  return names.find(({ type }) => type === 'LEGAL') ?? names[0];
}

/** The name to show. Somebody with one name has one word; nobody known is "Unidentified person". */
export function shownName(person: Pick<Person, 'names'>): string {
  const name = mainName(person);
  return name === undefined ? 'Unidentified person' : [name.given, name.other, name.family].filter(part => part !== undefined).join(' ');
}

/** Initials for a message that may be seen by others (N01): `E.M.`; of somebody with one name, one. */
export function initialsOf(person: Pick<Person, 'names'>): string {
  const name = mainName(person);
  return [name?.given, name?.family].filter(part => part !== undefined).map(part => `${(Array.from(part)[0] ?? '').toUpperCase()}.`).join('');
}
