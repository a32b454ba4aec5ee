/** Columns of the import of open cases and past episodes (15.4). The layout is ours (DES): a force exports its old system into it. */
export interface ImportColumn {
  readonly name: string;
  readonly isRequired: boolean;
  readonly about: string;
}

const column = (name: string, about: string, isRequired = false): ImportColumn => ({ name, about, isRequired });

export const importColumns: readonly ImportColumn[] = [
  column('kind', 'OPEN_CASE or PAST_EPISODE', true), column('legacyRef', 'Reference in the old system, once in the file', true), column('personRef', 'The same for every episode of one person', true),
  column('reportedAt', 'London time 25/11/2026 14:30, or ISO 8601 with an offset', true), column('givenName', 'One name is enough'), column('familyName', ''), column('knownAs', ''), column('dob', '2010-02-28 or 28/02/2010'), column('age', '15, or 14-16'),
  column('risk', 'VERY_LOW, LOW, MEDIUM, HIGH, or a label of old guidance', true), column('lastSeenAt', 'As reportedAt; empty when not known'), column('lastSeenPlace', ''), column('missingFrom', 'Such as HOME or CHILDRENS_HOME'), column('circumstances', ''), column('phone', 'Of the missing person'),
  column('placement', ''), column('laResponsible', ''), column('informantName', ''), column('informantPhone', ''), column('ownerUserId', 'Who has an open case now, by the object id of the account'), column('flags', 'Such as CSE;LAC'),
  column('foundAt', 'Of a past episode'), column('foundWhere', ''), column('withWhom', ''), column('harm', 'Empty for none'),
];

const required = importColumns.filter(({ isRequired }) => isRequired).map(({ name }) => name);

/** Faults of the first row: a column that is not known, stands twice, or lacks. Order is free. */
export function headerFaults(header: readonly string[]): string[] {
  const names = header.map(name => name.trim());
  return [
    ...names.filter(name => !importColumns.some(known => known.name === name)).map(name => `There is no column "${name.slice(0, 40)}".`),
    ...names.filter((name, n) => names.indexOf(name) !== n).map(name => `The column "${name.slice(0, 40)}" stands twice.`),
    ...required.filter(name => !names.includes(name)).map(name => `The column "${name}" lacks.`),
  ];
}
