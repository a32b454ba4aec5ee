import { describe, expect, it } from '@jest/globals';
import { editOf } from '../../../functions/missing-persons/rules/law/editActs.ts';
import { edgeOf } from '../../../functions/missing-persons/rules/edit/edge.ts';
import type { EditFields } from '../../../functions/missing-persons/rules/edit/edited.ts';
import { changesSince } from '../../../functions/missing-persons/rules/edit/merge.ts';
import { clearable, placed } from '../../../functions/missing-persons/rules/edit/places.ts';
import { editBodies } from '../../../functions/missing-persons/rules/bodies/edit.ts';
import { likenessIn } from '../../../functions/missing-persons/rules/law/likenessIn.ts';
import { missingSettings } from '../../../functions/missing-persons/rules/settings.ts';
import { missingPart, partKeys, type EditPart } from '../../../functions/missing-persons/state.ts';
import { Desk, type Name } from './desk.ts';
import { confirmed, openCase } from './support.ts';

/** Tue 9 June 2026, 10:00 BST: an adult of 24, LOW. */
function opened(): Desk {
  const desk = new Desk('2026-06-09T09:00:00.000Z');
  openCase(desk, { level: 'LOW' });
  return desk;
}
const edit = (desk: Desk, fields: EditFields, by: Name = 'oscar'): string => desk.act({ do: 'EditCase', ...fields }, by);
function mustEdit(desk: Desk, fields: EditFields, by: Name = 'oscar'): void {
  desk.must({ do: 'EditCase', ...fields }, by);
}
function partOf(desk: Desk, n: number): EditPart {
  const part = missingPart.parse(desk.current?.parts[partKeys.edit(n)]);
  if (part.kind !== 'edit') throw new Error(part.kind);
  return part;
}
function faultsOf(desk: Desk, fields: EditFields, by: Name = 'oscar'): string[] {
  const made = editOf(desk.record, fields, { now: desk.now, by, roles: by === 'ivan' ? ['INSP'] : ['OIC'], id: 'op', settings: desk.settings });
  return 'failures' in made ? made.failures.map(({ field, code }) => `${field} ${code}`) : [];
}

describe('EditCase (3, 3.1, 3.2)', () => {
  it('changes what is given and nothing else, keeps who did it with what stood there, and tells the audit the fields and no word of them', () => {
    const desk = opened();
    const { person, casefile } = desk.record;
    mustEdit(desk, { clothing: 'Blue coat', hair: 'Red, long', withWhom: 'Alone' });
    expect(desk.record).toMatchObject({ person: { ...person, clothing: 'Blue coat', description: { hair: 'Red, long' } }, casefile: { ...casefile, withWhom: 'Alone' }, edits: 1 });
    mustEdit(desk, { clothing: 'Green coat', clear: ['withWhom', 'hair'] }, 'abby');
    expect(desk.record.person.description).toBeUndefined();
    expect(desk.record.casefile.withWhom).toBeUndefined();
    expect(partOf(desk, 2)).toEqual({ kind: 'edit', n: 2, by: 'abby', at: desk.now, changes: [{ field: 'clothing', before: 'Blue coat', after: 'Green coat' }, { field: 'hair', before: 'Red, long' }, { field: 'withWhom', before: 'Alone' }] });
    const facts = desk.facts.filter(({ what }) => what === 'CaseEdited');
    expect(facts.map(({ by, kind, about }) => [by, kind, about])).toEqual([['oscar', 'alteration', { edit: 1, fields: 'clothing hair withWhom' }], ['abby', 'alteration', { edit: 2, fields: 'clothing hair withWhom' }]]);
    expect(JSON.stringify(desk.facts)).not.toMatch(/coat|Red|Alone/);
  });

  it('has a place for every field of the body, and no field for the report\'s time, the level, the state, the owner or who may open it', () => {
    const named = new Set([...placed, 'dob', 'age', 'clear', ...placed.flatMap(name => [`${name}Known`, `${name}Reason`]), 'dobKnown', 'dobReason']);
    const fields = Object.keys(editBodies.EditCase.shape);
    expect(fields.filter(name => !named.has(name))).toEqual([]);
    expect(placed.filter(name => !fields.includes(name))).toEqual([]);
    expect(clearable).not.toContain('missingFrom');
    for (const field of ['reportedAt', 'status', 'risk', 'owner', 'restrictedTier', 'accessList', 'caseRef']) expect(fields).not.toContain(field);
    expect(editBodies.EditCase.safeParse({ reportedAt: '2026-06-09T08:00:00.000Z' }).success).toBe(false);
  });

  it('lists every fault at its field, and changes nothing then', () => {
    const desk = opened();
    const before = desk.current;
    const wrong: EditFields = {
      devices: [{ msisdn: '12', imei: '490154203237519' }], nhsNo: '943 476 5918', dob: '2026-06-31', lastSeenFrom: '2026-06-09T10:30:00.000Z', lastSeenLat: 53, names: [{ type: 'LEGAL' }], informants: [], withWhom: 'Alone', clear: ['withWhom'], religionKnown: false,
    };
    expect(faultsOf(desk, wrong).sort()).toEqual([
      'devices.0.imei FIELD_INVALID', 'devices.0.msisdn FIELD_INVALID', 'dob FIELD_INVALID', 'informants FIELD_INVALID', 'lastSeenFrom LASTSEEN_AFTER_REPORT', 'lastSeenLon FIELD_INVALID', 'lastSeenTo TIME_IN_FUTURE', 'names.0 FIELD_INVALID', 'nhsNo FIELD_INVALID', 'religionReason REASON_REQUIRED',
      'withWhom FIELD_INVALID',
    ].sort());
    expect(edit(desk, wrong)).toBe('REASON_REQUIRED');
    expect(edit(desk, { clothing: 'Blue coat', circumstances: desk.record.casefile.circumstances })).toBe('accepted');
    expect(edit(desk, { clothing: 'Blue coat' })).toBe('FIELD_INVALID');
    expect(before?.state.edits).toBeUndefined();
  });

  it('what a report lacked keeps nobody from mending something else, and is flagged no more once it is mended', () => {
    const desk = new Desk('2026-06-09T09:00:00.000Z');
    desk.web({ givenName: 'Ella', informantPhone: '12', worries: 'Not back', asItIs: 'yes' });
    expect(desk.record.flaggedFields.map(({ field }) => field)).toEqual(expect.arrayContaining(['dob', 'informantPhone', 'lastSeenPlace']));
    mustEdit(desk, { clothing: 'Blue coat' }, 'cora');
    expect(faultsOf(desk, { dobKnown: false, dobReason: 'The caller rang off.' })).toEqual(['dob AGE_REQUIRED']);
    mustEdit(desk, { age: '14-15', lastSeenPlace: 'Sample Park', names: [{ type: 'LEGAL', given: 'Ella', family: 'Example' }] }, 'cora');
    const flagged = desk.record.flaggedFields.map(({ field }) => field);
    expect(flagged).not.toEqual(expect.arrayContaining(['dob']));
    expect(flagged).not.toEqual(expect.arrayContaining(['lastSeenPlace']));
    expect(flagged).toContain('informantPhone');
    // A report that was put right is found by what it says now (R2).
    expect(likenessIn(desk.record)).toMatchObject({ names: [{ family: 'Example' }], dob: { by: 'AGE_RANGE', from: 14, to: 15 } });
  });

  it('an unknown value is said with its reason, and a value that is given ends that (15.2 item 35)', () => {
    const desk = opened();
    mustEdit(desk, { clothingKnown: false, clothingReason: 'Nobody saw her go.' });
    expect(desk.record.person.clothing).toEqual({ known: false, reason: 'Nobody saw her go.' });
    expect([...edgeOf(desk.record)]).toEqual(expect.arrayContaining([['clothingKnown', false], ['clothingReason', 'Nobody saw her go.']]));
    mustEdit(desk, { clothing: 'Blue coat' });
    expect(partOf(desk, 2).changes).toEqual([{ field: 'clothingKnown', before: 'false' }, { field: 'clothingReason', before: 'Nobody saw her go.' }, { field: 'clothing', after: 'Blue coat' }]);
  });

  it('a time that is given is known; the clock of last seen follows it, and that of the report never does', () => {
    const desk = opened();
    const { reported } = desk.record.clocks;
    expect(desk.record.casefile.lastSeen.precision).toBe('UNKNOWN');
    mustEdit(desk, { lastSeenFrom: '2026-06-09T08:30:00+01:00', lastSeenTo: '2026-06-09T09:00:00+01:00' });
    expect(desk.record.casefile.lastSeen).toEqual({ from: '2026-06-09T07:30:00.000Z', to: '2026-06-09T08:00:00.000Z', precision: 'APPROX' });
    expect(desk.record.clocks).toMatchObject({ reported, lastSeenFrom: '2026-06-09T07:30:00.000Z', lastSeenTo: '2026-06-09T08:00:00.000Z' });
    mustEdit(desk, { lastSeenPrecision: 'UNKNOWN', lastSeenReason: 'The neighbour took it back.' });
    expect(desk.record.casefile.lastSeen).toEqual({ precision: 'UNKNOWN', unknownReason: 'The neighbour took it back.' });
    expect(desk.record.clocks.lastSeenFrom).toBeUndefined();
  });

  it('who wrote a hypothesis stays with it, and an informant who may have done harm is freed by an inspector only', () => {
    const desk = opened();
    const [informant] = desk.record.casefile.informants;
    if (!informant) throw new Error('nobody reported');
    mustEdit(desk, { hypotheses: [{ text: 'Is with a friend in Crewe.', status: 'OPEN' }] });
    const [first] = desk.record.casefile.hypotheses;
    desk.to('2026-06-09T09:01:00.000Z');
    mustEdit(desk, { hypotheses: [{ id: first?.id, text: 'Is with a friend in Crewe.', status: 'OPEN' }, { text: 'Is on her way home.', status: 'OPEN' }] }, 'abby');
    expect(desk.record.casefile.hypotheses.map(({ by, at }) => [by, at])).toEqual([['oscar', '2026-06-09T09:00:00.000Z'], ['abby', '2026-06-09T09:01:00.000Z']]);
    mustEdit(desk, { informants: [{ ...informant, areUpdatesRestricted: true, restrictedWhy: 'May be a suspect.' }] });
    expect(faultsOf(desk, { informants: [{ ...informant, name: 'Pat' }] })).toEqual(['informants ROLE_DENIED']);
    expect(faultsOf(desk, { informants: [{ role: 'PRIMARY', name: 'Somebody else' }] })).toEqual(['informants ROLE_DENIED']);
    expect(faultsOf(desk, { informants: [{ ...informant, name: 'Pat' }] }, 'ivan')).toEqual([]);
  });

  it('a placement belongs to a registered provider, and confirmed circumstances do not shrink (C2)', () => {
    const organisations = [{ organisationId: 'org-home', kind: 'CARE_PROVIDER', name: 'Sample Care', areas: [], providerIds: ['home-1'], members: [], addresses: [] }];
    const desk = new Desk('2026-06-09T09:00:00.000Z', missingSettings.parse({ organisations }));
    openCase(desk, { level: 'LOW' });
    expect(faultsOf(desk, { placementProviderId: 'nobody' })).toEqual(['placementProviderId FIELD_INVALID']);
    expect(faultsOf(desk, { placementProviderId: 'home-1' })).toEqual([]);
    expect(faultsOf(desk, { circumstances: 'Gone.' })).toEqual([]);
    confirmed(desk, 'LOW', 'sita');
    expect(faultsOf(desk, { circumstances: 'Gone.' })).toEqual(['circumstances GUARD_UNMET']);
    expect(faultsOf(desk, { clear: ['circumstances'] })).toEqual(['circumstances GUARD_UNMET']);
  });
});

describe('what follows from an edit (15.1 item 12, 3.2)', () => {
  it('an adult who turns out to be a child: the floor fires, the tasks of a child open, the sergeant is told; and a wrong age taken back lowers nothing (I10)', () => {
    const desk = opened();
    expect([desk.level, desk.record.tasks.some(({ templateId }) => templateId === 'M02')]).toEqual(['LOW', false]);
    mustEdit(desk, { dob: '2011-03-01' });
    expect(desk.level).toBe('MEDIUM');
    expect(desk.record.risk?.assessments.at(-1)).toMatchObject({ byUser: 'system', level: 'MEDIUM', provisional: true });
    expect(desk.task('M02').state).toBe('TODO');
    expect(desk.record.pages.filter(({ kind }) => kind === 'RAISED').at(-1)?.to).toContain('sita');
    mustEdit(desk, { dob: '1990-03-01' });
    expect([desk.level, desk.record.risk?.floor.level]).toEqual(['MEDIUM', 'MEDIUM']);
  });

  it('medicine that runs out is a floor by time; a placement of children makes a looked-after child with its tasks', () => {
    const desk = opened();
    mustEdit(desk, { medication: [{ name: 'Insulin', hoursUntilHarm: 4, supplyHeld: 'NO' }], lastSeenFrom: '2026-06-09T08:00:00.000Z' });
    desk.to('2026-06-09T12:00:00.000Z');
    expect(desk.level).toBe('HIGH');
    mustEdit(desk, { missingFrom: 'CHILDRENS_HOME' });
    expect(desk.record.risk?.flags).toEqual(expect.arrayContaining([expect.objectContaining({ flag: 'LAC', setBy: 'oscar' })]));
    expect(desk.record.triggers.map(({ trigger }) => trigger)).toContain('LAC');
  });

  it('whoever is not on the case may not, and what is over is opened again first', () => {
    const desk = opened();
    expect(edit(desk, { clothing: 'Blue coat' }, 'meg')).toBe('ROLE_DENIED');
    expect(edit(desk, { clothing: 'Blue coat' }, 'lena')).toBe('ROLE_DENIED');
    desk.must({ do: 'ProposeCancel', kind: 'ERROR', reason: 'Made twice by mistake.' }, 'sita');
    desk.must({ do: 'ApproveCancel' }, 'ivan');
    expect(edit(desk, { clothing: 'Blue coat' })).toBe('TRANSITION_NOT_ALLOWED');
    expect(desk.act({ do: 'ApproveCancel' }, 'ida')).toBe('STATE_CHANGED');
  });
});

describe('S09 what two people changed at once', () => {
  const edits = [
    { by: 'bea', at: '10:01', changes: [{ field: 'clothing', before: 'Red coat', after: 'Blue coat' }, { field: 'withWhom', after: 'Robin' }] },
    { by: 'cy', at: '10:02', changes: [{ field: 'clothing', before: 'Blue coat', after: 'Green coat' }, { field: 'withWhom', before: 'Robin' }, { field: 'age', before: '15', after: '16' }] },
  ];
  it('S09 each field once: as the editor saw it and as it stands, by whom last; what is again as it was is left out', () => {
    expect(changesSince(edits, {})).toEqual([{ field: 'clothing', by: 'cy', at: '10:02', before: 'Red coat', after: 'Green coat', collides: false }, { field: 'age', by: 'cy', at: '10:02', before: '15', after: '16', collides: false }]);
  });
  it.each([
    [{ clothing: 'Brown coat' }, ['clothing']], [{ clothing: 'Green coat' }, []], [{ clothingKnown: true, clothing: 'Green coat' }, []], [{ clothingKnown: false, clothingReason: 'Nobody knows.' }, ['clothing']], [{ clear: ['clothing' as const] }, ['clothing']],
    [{ dob: '2010-03-01' }, ['age']], [{ hair: 'Red' }, []],
  ])('S09 %j collides with %j', (mine, fields) => {
    expect(changesSince(edits, mine).filter(({ collides }) => collides).map(({ field }) => field)).toEqual(fields);
  });
});

describe('WithdrawFactor (3.5)', () => {
  it('a supervisor takes off what was wrong, with a reason that is kept; the level and the floor stay, and who did it does not approve the reduction', () => {
    const desk = new Desk('2026-06-09T09:00:00.000Z');
    openCase(desk, { level: 'HIGH', factors: ['NOTE_LEFT'] });
    confirmed(desk, 'HIGH', 'ivan');
    const withdraw = (reason: string, by: Name): string => desk.act({ do: 'WithdrawFactor', factor: 'NOTE_LEFT', reason }, by);
    expect([withdraw('The note was a shopping list.', 'oscar'), withdraw('', 'suki')]).toEqual(['ROLE_DENIED', 'REASON_REQUIRED']);
    expect(desk.act({ do: 'WithdrawFactor', factor: 'NO_SUCH', reason: 'It is wrong.' }, 'suki')).toBe('FIELD_INVALID');
    expect(withdraw('The note was a shopping list.', 'suki')).toBe('accepted');
    expect(desk.record.risk).toMatchObject({ level: 'HIGH', factors: [], withdrawnFactors: [{ code: 'NOTE_LEFT', by: 'suki', reason: 'The note was a shopping list.' }], floor: { level: 'HIGH' } });
    expect(withdraw('The note was a shopping list.', 'suki')).toBe('NOT_FOUND');
    desk.to('2026-06-09T09:05:00.000Z');
    desk.must({ do: 'ClearFlag', flag: 'SUICIDE', reason: 'The note was a shopping list.' }, 'sita');
    desk.must({ do: 'AddInformation', text: 'The note was read: a shopping list.', isRestricted: true }, 'oscar');
    desk.to('2026-06-09T09:06:00.000Z');
    desk.must({ do: 'ProposeReduce', to: 'MEDIUM', rationale: 'The note was read by an officer and was a shopping list, so nothing speaks of harm.', informationIds: [desk.record.information.at(-1)?.id ?? ''] }, 'sita');
    expect(desk.act({ do: 'ApproveReduce' }, 'suki')).toBe('SEGREGATION');
  });
});
