import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { objectIdOf } from '../../support/liveLinks.ts';
import type { Answer, Client } from '../../support/client.ts';
import { act, answers, must, reported, startMissing, stands, view, type Missing } from '../../support/missing.ts';

let missing: Missing;
/** How far the app's clock is ahead. */
let ahead = 0;
beforeAll(async () => {
  missing = await startMissing();
}, 120_000);
afterAll(async () => {
  await missing.stop();
});

const problem = z.object({
  status: z.number(), code: z.string(), current: z.string().optional(), changes: z.array(z.object({ field: z.string(), by: z.string(), at: z.string(), before: z.string().optional(), after: z.string().optional(), collides: z.boolean() })).optional(), errors: z.array(z.object({ pointer: z.string() })).optional(),
});
const seen = z.object({
  etag: z.string(), level: z.string(), state: z.string(), fields: z.array(z.object({ field: z.string(), value: z.string() })), edits: z.array(z.object({ n: z.number(), by: z.string(), at: z.string(), changes: z.array(z.object({ field: z.string(), before: z.string().optional(), after: z.string().optional() })) })),
  information: z.array(z.object({ at: z.string(), by: z.string(), clientReportedAt: z.string().optional() })), moves: z.array(z.object({ to: z.string(), by: z.string() })),
});
const look = async (person: Client, recordId: string) => seen.parse(await view(person, recordId));
const valueOf = ({ fields }: z.output<typeof seen>, name: string): string | undefined => fields.find(({ field }) => field === name)?.value;
const edit = (person: Client, recordId: string, ifMatch: string, body: object): Promise<Answer> => person.post(`/api/missing-persons/${recordId}/edit`, { body, ifMatch });

/** An adult of whom nothing speaks for a risk, reported and accepted. */
async function opened(): Promise<string> {
  const cora = missing.as('cora.callhandler');
  const recordId = await reported(cora, {
    givenName: 'Alex', familyName: 'Sample', age: '44', clothing: 'Red coat', lastSeenPlace: 'At home', lastSeenUnknown: 'yes', lastSeenReason: 'Nobody saw him leave', informantName: 'Kim Sample', informantPhone: '01632 960002', worries: 'He did not come home from work, which is not like him',
    channel: 'PHONE_101', callStartedAt: new Date().toISOString(),
  });
  await must(cora, recordId, 'answers', answers());
  await must(cora, recordId, 'screen', { thrive: 'Nobody in danger at the caller.', level: 'LOW' });
  await must(cora, recordId, 'accept', { rationale: 'The answers, and nobody has heard anything since.' });
  await must(missing.as('fay.manager'), recordId, 'owner/acknowledge');
  return recordId;
}

describe('S09 concurrent edits', () => {
  it('S09 who edits what somebody else changed meanwhile hears 412 with what changed; raising the risk and adding information never wait for a version', async () => {
    const [abby, oscar] = [missing.as('abby.attending'), missing.as('oscar.officer')];
    const recordId = await opened();
    await missing.settle();
    const mine = await look(abby, recordId);
    expect((await abby.get(`/api/missing-persons/${recordId}`)).headers.get('etag')).toBe(mine.etag);
    expect([valueOf(mine, 'clothing'), valueOf(mine, 'age')]).toEqual(['Red coat', '44']);
    // Abby is offline with what she saw; timers and cards go on, and Oscar edits the same version.
    ahead = 20 * 60;
    await missing.pass(ahead);
    expect((await edit(oscar, recordId, mine.etag, { clothing: 'Blue coat', travelMode: 'BUS' })).status).toBe(202);

    const stale = await edit(abby, recordId, mine.etag, { clothing: 'Black coat', hair: 'Grey' });
    const told = problem.parse(stale.json);
    const theirs = await look(abby, recordId);
    expect(told).toMatchObject({ status: 412, code: 'etag-stale', current: theirs.etag });
    expect(told.changes).toEqual([
      { field: 'clothing', by: objectIdOf('oscar.officer'), at: theirs.edits[0]?.at, before: 'Red coat', after: 'Blue coat', collides: true }, { field: 'travelMode', by: objectIdOf('oscar.officer'), at: theirs.edits[0]?.at, after: 'BUS', collides: false },
    ]);
    expect(theirs.etag).not.toBe(mine.etag);
    expect(valueOf(theirs, 'clothing')).toBe('Blue coat');

    // What is only ever added needs no version, and keeps the time of the device beside ours.
    const clientAt = new Date(Date.parse(theirs.edits[0]?.at ?? '') - 10 * 60_000).toISOString();
    await must(abby, recordId, 'risk/raise', { level: 'MEDIUM', reason: 'His medicine is still in the house.', clientAt });
    await must(abby, recordId, 'information', { text: 'A neighbour saw him at the bus stop.', isRestricted: true, clientAt });
    const both = await look(abby, recordId);
    expect([both.level, both.information.at(0)?.clientReportedAt]).toEqual(['MEDIUM', clientAt]);
    expect((both.information.at(0)?.at ?? '') > clientAt).toBe(true);

    // Having seen it she decides: her hair stays, and of the coat hers.
    expect((await edit(abby, recordId, told.current ?? '', { clothing: 'Black coat', hair: 'Grey' })).status).toBe(202);
    const merged = await look(abby, recordId);
    expect(['clothing', 'hair', 'travelMode'].map(name => valueOf(merged, name))).toEqual(['Black coat', 'Grey', 'BUS']);
    expect(merged.edits.map(({ n, by, changes }) => [n, by, changes])).toEqual([
      [1, objectIdOf('oscar.officer'), [{ field: 'clothing', before: 'Red coat', after: 'Blue coat' }, { field: 'travelMode', after: 'BUS' }]],
      [2, objectIdOf('abby.attending'), [{ field: 'clothing', before: 'Blue coat', after: 'Black coat' }, { field: 'hair', after: 'Grey' }]],
    ]);
  }, 120_000);

  it('S09 an edit without a version is 428, one with a wrong field 422 at that field; the same key twice is one edit, and two edits at once are one edit and one 412', async () => {
    const [abby, oscar] = [missing.as('abby.attending'), missing.as('oscar.officer')];
    const recordId = await opened();
    const { etag } = await look(abby, recordId);
    expect((await act(abby, recordId, 'edit', { clothing: 'Blue coat' })).json).toMatchObject({ status: 428, code: 'if-match-missing' });
    const wrong = problem.parse((await edit(abby, recordId, etag, { nhsNo: '943 476 5918', devices: [{ imei: '490154203237519' }] })).json);
    expect([wrong.status, wrong.errors?.map(({ pointer }) => pointer).sort()]).toEqual([422, ['/body/devices/0/imei', '/body/nhsNo']]);
    expect((await look(abby, recordId)).edits).toEqual([]);
    const once = { ifMatch: etag, key: 'the-same-edit-sent-twice', body: { clothing: 'Blue coat' } };
    const path = `/api/missing-persons/${recordId}/edit`;
    expect([(await abby.post(path, once)).status, (await abby.post(path, once)).status]).toEqual([202, 202]);
    const { etag: second, edits } = await look(abby, recordId);
    expect(edits).toHaveLength(1);
    const race = await Promise.all([edit(abby, recordId, second, { clothing: 'Green coat' }), edit(oscar, recordId, second, { clothing: 'Brown coat' })]);
    expect(race.map(({ status }) => status).sort()).toEqual([202, 412]);
    expect((await look(abby, recordId)).edits).toHaveLength(2);
    // What was edited is found by what it says now.
    expect((await edit(abby, recordId, (await look(abby, recordId)).etag, { names: [{ type: 'LEGAL', given: 'Alec', family: 'Renamed' }] })).status).toBe(202);
    await missing.settle();
    expect(JSON.stringify((await abby.post('/api/missing-search', { body: { name: 'Renamed', reason: 'Report of a sighting' } })).json)).toContain(recordId);
    // The audit has the fields and no word of them; and it holds.
    const audit = await missing.as('paul.psd').get(`/api/missing-persons/${recordId}/audit?limit=200`);
    expect(audit.json).toMatchObject({ verified: true });
    expect(JSON.stringify(audit.json)).toContain('clothing');
    expect(JSON.stringify(audit.json)).not.toMatch(/coat|Renamed/);
  }, 120_000);

  it('S09 of a restricted case the 412 names the fields and no values: those are opened with a reason', async () => {
    const [abby, oscar] = [missing.as('abby.attending'), missing.as('oscar.officer')];
    const recordId = await opened();
    const { etag } = await look(abby, recordId);
    expect((await edit(oscar, recordId, etag, { clothing: 'Blue coat' })).status).toBe(202);
    await must(missing.as('ivan.inspector'), recordId, 'access', { tier: 'RESTRICTED', userIds: [], reason: 'Her address must not be known.' });
    const told = await edit(abby, recordId, etag, { clothing: 'Black coat' });
    expect(problem.parse(told.json)).toMatchObject({ status: 412, changes: [{ field: 'clothing', collides: true }] });
    expect(JSON.stringify(told.json)).not.toMatch(/Red coat|Blue coat/);
    const opening = await abby.post(`/api/missing-persons/${recordId}/open`, { body: { reason: 'I put the description right.' } });
    expect(seen.parse(opening.json).edits[0]?.changes).toEqual([{ field: 'clothing', before: 'Red coat', after: 'Blue coat' }]);
  }, 120_000);

  it('S09 two approvers close at once: one is accepted, the other hears STATE_CHANGED, and there is one move', async () => {
    const [abby, oscar, sita, ivan, ida] = [missing.as('abby.attending'), missing.as('oscar.officer'), missing.as('sita.sergeant'), missing.as('ivan.inspector'), missing.as('ida.inspector')];
    const recordId = await opened();
    await must(sita, recordId, 'risk/confirm', { level: 'LOW', rationale: 'Looked at with the call handler: nothing else is known of where he is.', plan: 'Ring his friends.' });
    const at = new Date(Date.now() + ahead * 1_000).toISOString();
    await must(abby, recordId, 'verify', { method: 'SEEN_BY_POLICE', identityCheck: 'Known to the officer', wellBeing: 'WELL', locatedAt: at, place: 'At home', condition: 'Well', returnedAt: at, returnPlace: 'HOME' });
    await must(sita, recordId, 'confirm-verification');
    await must(oscar, recordId, 'consent', { about: 'PLACE', answer: 'YES', how: 'In person to PC Example' });
    const evidence = {
      P01: { kind: 'PREVENTION_INTERVIEW', outcome: 'DONE', at, interviewId: 'PI-1' }, P02: { kind: 'CONTACT', at, channel: 'PHONE', withWhom: 'Kim Sample', note: 'Told that he is home.' }, P03: { kind: 'PNC_REF', reference: 'PNC-1', at }, P04: { kind: 'WITHDRAWAL', channels: [], none: true },
      P05: { kind: 'STAND_DOWN', told: [], none: true }, P09: { kind: 'REFERRALS', references: [], noneIdentifiedBy: 'PC Example' },
    };
    for (const [taskId, given] of Object.entries(evidence)) await must(oscar, recordId, 'tasks/complete', { taskId, evidenceJson: JSON.stringify(given) });
    await must(oscar, recordId, 'outcome', { where: 'HOME', by: 'SELF', condition: 'UNHURT', exploitationDisclosed: 'NO', safeToDiscloseLocation: 'YES', disposal: 'Nothing was taken.', publicComplaint: false });
    await must(oscar, recordId, 'propose-close', { summary: 'He came home by himself and is well.' });
    const [one, two] = await Promise.all([act(ivan, recordId, 'close'), act(ida, recordId, 'close')]);
    expect([one.status, two.status].sort()).toEqual([202, 409]);
    expect([one, two].find(({ status }) => status === 409)?.json).toMatchObject({ code: 'STATE_CHANGED' });
    await stands(abby, recordId, 'CLOSED');
    expect((await look(abby, recordId)).moves.filter(({ to }) => to === 'CLOSED')).toHaveLength(1);
    expect((await edit(abby, recordId, (await look(abby, recordId)).etag, { clothing: 'Blue coat' })).json).toMatchObject({ status: 409, code: 'TRANSITION_NOT_ALLOWED' });
  }, 120_000);
});
