import { partKeys, type MissingRecord } from '../../state.ts';
import type { ActsOf } from '../bodies/fields.ts';
import type { editBodies } from '../bodies/edit.ts';
import { changesBetween, type Facts, type FieldChange } from '../edit/edge.ts';
import { edited, type EditFields } from '../edit/edited.ts';
import { fail, unless } from '../machine/moment.ts';
import { circumstancesFailures } from '../person/casefile.ts';
import { must, type FieldFailure } from '../person/fieldFailure.ts';
import type { MissingSettings } from '../settings.ts';
import type { Role } from '../terms.ts';
import { isOpenRecord, knownOf } from './about.ts';
import { isChildPlacement } from './receive.ts';
import { begin, change, note, withPart, type Moment, type Stepped } from './step.ts';

export type EditAct = ActsOf<typeof editBodies>['EditCase'];
export interface EditMoment {
  readonly now: string;
  readonly by: string;
  readonly roles: readonly Role[];
  readonly id: string;
  readonly settings: Pick<MissingSettings, 'organisations'>;
}

/** What an edit would make of the record, or every fault at its field: asked by the law, and before it by whoever answers the form, who can then say which field it is. */
export function editOf(record: MissingRecord, fields: EditFields, moment: EditMoment): Facts | { readonly failures: readonly FieldFailure[] } {
  const { person, casefile, clocks, recordId } = record;
  const made = edited({ person, casefile }, fields, { ...moment, reportedAt: clocks.reported, recordId });
  if ('failures' in made) return made;
  const failures = [...restrictedFailures(record, made, moment), ...providerFailures(fields, moment), ...confirmedFailures(record, made, fields)];
  if (failures.length > 0) return { failures };
  const changes = changesBetween({ person, casefile }, made);
  return changes.length === 0 ? { failures: must(false, '', 'Nothing of this differs from what is on record.', '3.1') } : made;
}

/** An informant who may have done harm is told nothing; only an inspector takes that back (section 8, extra stress). */
function restrictedFailures({ casefile }: MissingRecord, made: Facts, { roles }: EditMoment): FieldFailure[] {
  const freed = casefile.informants.filter(({ id, areUpdatesRestricted }) => areUpdatesRestricted === true && made.casefile.informants.find(one => one.id === id)?.areUpdatesRestricted !== true);
  return must(freed.length === 0 || roles.includes('INSP'), 'informants', 'Updates to one of them are restricted; only an inspector ends that.', '3.1', 'ROLE_DENIED');
}

/** Whose placement it is decides who outside the police may see the person (15.2 item 28): so it is one that is registered. */
function providerFailures({ placementProviderId: id }: EditFields, { settings: { organisations } }: EditMoment): FieldFailure[] {
  const isRegistered = organisations.some(one => one.kind === 'CARE_PROVIDER' && (one.organisationId === id || one.providerIds.some(provider => provider === id)));
  return must(id === undefined || isRegistered, 'placementProviderId', 'There is no registered care provider of this name.', '15.2 item 28');
}

/** What a supervisor confirmed the level on does not shrink to nothing afterwards (C2). */
function confirmedFailures({ file }: MissingRecord, { casefile }: Facts, { circumstances, clear = [] }: EditFields): FieldFailure[] {
  const isTouched = circumstances !== undefined || clear.includes('circumstances');
  return isTouched && file !== undefined && file.state !== 'OPEN_UNCONFIRMED' ? circumstancesFailures(casefile) : [];
}

/**
 * EditCase (3, conventions; 15.2 item 25). The version that the editor saw was asked for before (If-Match). Who changed what, from what, to what stands in a part of its own that nothing changes again; the
 * audit names the fields and not what stands in them. What follows from the facts is worked out after the step: floors, child duties, tasks, reviews, and the keys of search and match.
 */
export function editCase(record: MissingRecord, { do: _, ...fields }: EditAct, moment: Moment): Stepped {
  const closed = unless(isOpenRecord(record), 'TRANSITION_NOT_ALLOWED', '3.1', 'This record is over: open it again before its facts are changed.');
  if (closed.length > 0) return closed;
  const made = editOf(record, fields, { ...moment, roles: moment.actor.roles });
  if ('failures' in made) return made.failures.map(({ code, rule, why }) => fail(code, rule, why));
  const changes = changesBetween({ person: record.person, casefile: record.casefile }, made);
  const n = (record.edits ?? 0) + 1;
  const step = change(begin(record), { person: made.person, casefile: made.casefile, clocks: clocksOf(record, made), flaggedFields: record.flaggedFields.filter(({ field }) => !isMended(field, changes)), edits: n, ...placementFlag(record, made, moment) });
  return note(withPart(step, partKeys.edit(n), { kind: 'edit', n, by: moment.by, at: moment.now, changes }), 'CaseEdited', 'alteration', { edit: n, fields: changes.map(({ field }) => field).join(' ') });
}

/** T_LASTSEEN follows; T_REPORTED never does (R1). */
function clocksOf({ clocks }: MissingRecord, { casefile: { lastSeen: { from, to } } }: Facts): MissingRecord['clocks'] {
  const { lastSeenFrom: _from, lastSeenTo: _to, ...rest } = clocks;
  return { ...rest, ...(from !== undefined && { lastSeenFrom: from }), ...(to !== undefined && { lastSeenTo: to }) };
}

/** Fields of a report that could not be read, and the field of the record that mends each, where it has another name. */
const mends: Readonly<Record<string, readonly string[]>> = {
  dob: ['dob', 'age'], age: ['dob', 'age'], givenName: ['names'], familyName: ['names'], knownAs: ['names'], description: ['generalDescription'], missingPhone: ['devices'], lastSeen: ['lastSeenFrom'], lastSeenTime: ['lastSeenFrom'], worries: ['circumstances'],
  informantName: ['informants'], informantRelation: ['informants'], informantPhone: ['informants'], informantEmail: ['informants'],
};

function isMended(flagged: string, changes: readonly FieldChange[]): boolean {
  return changes.some(({ field, after }) => after !== undefined && (mends[flagged] ?? [flagged]).includes(field));
}

/** As at the report (R1): a placement of children makes a looked-after child, until somebody clears the flag with a reason. */
function placementFlag(record: MissingRecord, { casefile }: Facts, { now, by }: Moment): Pick<MissingRecord, 'risk' | 'known'> | undefined {
  const { flags } = knownOf(record);
  if (!isChildPlacement(casefile) || casefile.missingFrom === record.casefile.missingFrom || flags.some(({ flag }) => flag === 'LAC')) return undefined;
  const held = [...flags, { flag: 'LAC' as const, setBy: by, at: now, source: 'Missing from a placement of a looked-after child, as the record was changed' }];
  return record.risk ? { known: record.known, risk: { ...record.risk, flags: held } } : { known: { ...record.known, flags: held } };
}
