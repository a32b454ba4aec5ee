import { present } from '../../../../shared/domain/present.ts';
import type { ActsOf } from '../bodies/fields.ts';
import type { editBodies } from '../bodies/edit.ts';
import { readBirth } from '../intake/readParts.ts';
import { utc } from '../machine/instants.ts';
import { examineCasefile, type Hypothesis, type Informant } from '../person/casefile.ts';
import { examinePerson } from '../person/checkPerson.ts';
import { wrong, type FieldFailure } from '../person/fieldFailure.ts';
import { mayBeUnknown } from '../person/person.ts';
import { fromEdge } from '../person/unknown.ts';
import { isTree, ofOne, type Facts, type Tree } from './edge.ts';
import { fieldAt, pathOf, placed } from './places.ts';

export type EditFields = Omit<ActsOf<typeof editBodies>['EditCase'], 'do'>;
export interface Editing {
  readonly now: string;
  readonly by: string;
  /** Names what the edit makes. */
  readonly id: string;
  readonly reportedAt: string;
  readonly recordId: string;
}
export type Edited = Facts | { readonly failures: readonly FieldFailure[] };

/**
 * The person and the case file with these fields in them (3.1, 3.2), or every fault at its field. What was wrong before and is not touched by the edit keeps nobody from mending something else: a
 * report that was sent as it is may lack half of it.
 */
export function edited(before: Facts, fields: EditFields, editing: Editing): Edited {
  const { clear = [], dob, age, informants, hypotheses, lastSeenFrom, lastSeenTo, ...given } = fields;
  const flat = fromEdge({ ...given, ...present({ dob: dob ?? age }) }, mayBeUnknown);
  const birth = dob === undefined && age === undefined ? { failures: [] } : readBirth(present({ dob, age }), { now: editing.now, reportedAt: editing.reportedAt });
  const values: Tree = {
    ...flat.value,
    ...present({
      lastSeenFrom: lastSeenFrom && utc(lastSeenFrom), lastSeenTo: lastSeenTo && utc(lastSeenTo), informants: informants && informantsOf(informants, editing),
      hypotheses: hypotheses && hypothesesOf(hypotheses, before.casefile.hypotheses, editing), devices: given.devices?.map(({ lastUsedAt, ...device }) => present({ ...device, lastUsedAt: lastUsedAt && utc(lastUsedAt) })),
    }),
  };
  const twice = clear.filter(name => values[name] !== undefined).map(name => wrong(name, 'This has a value and is to be empty: it is one or the other.', '3.1'));
  const after = clear.reduce<Tree>((tree, name) => setAt(tree, pathOf(name), undefined), placed.reduce<Tree>((tree, name) => (values[name] === undefined ? tree : setAt(tree, pathOf(name), values[name])), { person: before.person, casefile: before.casefile }));
  const whole = withBirth(withTimes(after, fields), { value: birth.value ?? (isTree(flat.value['dob']) ? flat.value['dob'] : undefined), isEstimated: fields.dobEstimated });
  return checked({ before, whole, touched: [...Object.keys(given).flatMap(name => [name, ofOne(name)]), ...clear, ...touchedBy(fields)] }, [...flat.failures, ...birth.failures, ...twice], editing);
}

const touchedBy = ({ dob, age, informants, hypotheses, lastSeenFrom, lastSeenTo }: EditFields): string[] => [
  ...(dob ?? age) === undefined ? [] : ['dob'], ...informants ? ['informants'] : [], ...hypotheses ? ['hypotheses'] : [], ...(lastSeenFrom ?? lastSeenTo) === undefined ? [] : ['lastSeenFrom', 'lastSeenTo', 'lastSeenPrecision'],
];

function setAt(tree: Tree, [step = '', ...rest]: readonly string[], value: unknown): Tree {
  const { [step]: there, ...others } = tree;
  const next = rest.length === 0 ? value : emptied(setAt(isTree(there) ? there : {}, rest, value));
  return next === undefined ? others : { ...others, [step]: next };
}

/** A part of which nothing is left is no part. */
function emptied(tree: Tree): Tree | undefined {
  return Object.keys(tree).length === 0 ? undefined : tree;
}

function withBirth(tree: Tree, { value, isEstimated }: { readonly value: Tree | undefined; readonly isEstimated: boolean | undefined }): Tree {
  if (value === undefined) return tree;
  return setAt(setAt(tree, ['person', 'dob'], value), ['person', 'dobEstimated'], isEstimated ?? ('by' in value && value['by'] !== 'DATE'));
}

/** A time that is given is known: so the reason why it was not goes, and the precision follows it unless it is said. A name that is given says who it is. */
function withTimes(tree: Tree, { lastSeenFrom, lastSeenTo, lastSeenPrecision, names, isUnidentified }: EditFields): Tree {
  const named = names !== undefined && names.length > 0 && isUnidentified === undefined ? setAt(tree, ['person', 'isUnidentified'], undefined) : tree;
  const isTimed = (lastSeenFrom ?? lastSeenTo) !== undefined && lastSeenPrecision === undefined;
  if (isTimed) return setAt(setAt(named, ['casefile', 'lastSeen', 'precision'], lastSeenTo === undefined ? 'EXACT' : 'APPROX'), ['casefile', 'lastSeen', 'unknownReason'], undefined);
  if (lastSeenPrecision !== 'UNKNOWN') return lastSeenPrecision === undefined ? named : setAt(named, ['casefile', 'lastSeen', 'unknownReason'], undefined);
  return setAt(setAt(named, ['casefile', 'lastSeen', 'from'], undefined), ['casefile', 'lastSeen', 'to'], undefined);
}

function informantsOf(given: NonNullable<EditFields['informants']>, { id }: Editing): Informant[] {
  return given.map((one, n) => ({ ...present(one), id: one.id ?? `informant-${id}-${n + 1}` }));
}

/** Who wrote a hypothesis and when is the record's to say. */
function hypothesesOf(given: NonNullable<EditFields['hypotheses']>, before: readonly Hypothesis[], { now, by, id }: Editing): Hypothesis[] {
  return given.map((one, n) => {
    const same = before.find(old => old.id === one.id && old.text === one.text && old.status === one.status);
    return same ?? { id: one.id ?? `hypothesis-${id}-${n + 1}`, text: one.text, status: one.status, by, at: now };
  });
}

interface Checking { readonly before: Facts; readonly whole: Tree; readonly touched: readonly string[] }

function checked({ before, whole, touched }: Checking, found: readonly FieldFailure[], { now, reportedAt, recordId }: Editing): Edited {
  const facts = { reportedAt, now, caseId: recordId };
  const person = examinePerson(whole['person'], now);
  const casefile = examineCasefile(whole['casefile'], facts);
  const old = new Set([...at('person', examinePerson(before.person, now).failures), ...at('casefile', examineCasefile(before.casefile, facts).failures)].map(keyOf));
  const isTouched = ({ field }: FieldFailure): boolean => touched.some(name => field === name || field.startsWith(`${name}.`));
  const failures = [...found, ...[...at('person', person.failures), ...at('casefile', casefile.failures)].filter(failure => isTouched(failure) || !old.has(keyOf(failure)))];
  return failures.length > 0 || !person.person || !casefile.casefile ? { failures } : { person: person.person, casefile: casefile.casefile };
}

const keyOf = ({ field, code }: FieldFailure): string => `${field} ${code}`;
const at = (root: 'person' | 'casefile', failures: readonly FieldFailure[]): FieldFailure[] => failures.map(failure => ({ ...failure, field: fieldAt(root, failure.field) }));
