import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { act, answers, must, reported, startMissing, view, type Missing } from '../../support/missing.ts';
import { objectIdOf } from '../../support/liveLinks.ts';

let missing: Missing;
beforeAll(async () => {
  missing = await startMissing();
}, 120_000);
afterAll(async () => {
  await missing.stop();
});

const taskList = z.array(z.object({ taskId: z.string(), state: z.string(), dueAt: z.string(), escalations: z.array(z.object({ step: z.string() })) }));
const tasksOf = (record: Record<string, unknown>): z.output<typeof taskList> => taskList.parse(record['tasks']);

describe('S01 a child of a care home, late', () => {
  it('S01 goes from the provider\'s report to the return over the built bundle', async () => {
    const [carrie, cora, fay, sita, abby] = ['carrie.carer', 'cora.callhandler', 'fay.manager', 'sita.sergeant', 'abby.attending'].map(login => missing.as(login));
    if (!carrie || !cora || !fay || !sita || !abby) throw new Error('nobody is there');
    const recordId = await reported(carrie, {
      givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back for the curfew', informantName: 'Sam Carer', informantPhone: '01632 960001',
      worries: 'Not back for the curfew of eight o\'clock, and her phone is off', hasPart1: 'YES', laResponsible: 'Cheshire East', placementName: 'Sample House',
    }, '/api/missing-care-reports');
    expect(await view(cora, recordId)).toMatchObject({ state: 'RECEIVED', source: 'CARE_PROVIDER', initials: 'E.E.' });
    // The provider does not see the record itself.
    expect((await carrie.get(`/api/missing-persons/${recordId}`)).status).toBe(403);
    await must(cora, recordId, 'answers', answers({ Q08: 'NOT_KNOWN' }));
    expect((await act(cora, recordId, 'screen', { thrive: 'Late for the curfew.', level: 'LOW' })).json).toMatchObject({ status: 409, code: 'FLOOR_BREACH' });
    await must(cora, recordId, 'screen', { thrive: 'Late for the curfew.', level: 'MEDIUM' });
    await must(cora, recordId, 'accept', { rationale: 'Child in care, late for her curfew, exploitation not known.' });
    const opened = await view(cora, recordId);
    expect(opened).toMatchObject({ state: 'OPEN_UNCONFIRMED', level: 'MEDIUM', isProvisional: true, owner: objectIdOf('fay.manager') });
    expect(String(opened['ref'])).toMatch(/^MP\/CHS\/\d{4}\/\d{6}$/);
    expect(tasksOf(opened).map(task => task.taskId)).toEqual(expect.arrayContaining(['M02', 'X01', 'X02']));
    await missing.settle();
    // The owner's card is in Teams, and the list of the open cases knows it.
    const board = await cora.get('/api/missing-persons');
    expect(JSON.stringify(board.json)).toContain(recordId);
    await must(fay, recordId, 'owner/acknowledge');
    await must(sita, recordId, 'risk/confirm', { level: 'MEDIUM', rationale: 'Child in care, nothing known of where she is, exploitation not known.', plan: 'Ring her friends.' });
    expect(await view(cora, recordId)).toMatchObject({ state: 'ACTIVE', isProvisional: false });
    await missing.pass(3 * 3_600);
    const late = await view(cora, recordId);
    expect(tasksOf(late).find(task => task.taskId === 'X02')?.escalations.map(item => item.step)).toEqual(['SECOND']);
    const now = new Date(Date.now() + 3 * 3_600_000).toISOString();
    await must(cora, recordId, 'located', { reportedBy: 'The carer', at: now, place: 'Sample House', how: 'By telephone' });
    expect(tasksOf(await view(cora, recordId)).find(task => task.taskId === 'M03')?.state).toBe('TODO');
    await must(sita, recordId, 'agree-hold');
    expect(tasksOf(await view(cora, recordId)).find(task => task.taskId === 'M03')?.state).toBe('HOLD');
    await must(abby, recordId, 'verify', { method: 'SEEN_BY_POLICE', identityCheck: 'Known to the officer', wellBeing: 'WELL', locatedAt: now, place: 'Sample House', condition: 'Well', returnedAt: now, returnPlace: 'PLACEMENT' });
    const found = await view(cora, recordId);
    expect(found).toMatchObject({ state: 'RETURN_ACTIONS' });
    expect(tasksOf(found).find(task => task.taskId === 'P07')?.dueAt).toBe(new Date(Date.parse(now) + 72 * 3_600_000).toISOString());
    expect((await act(sita, recordId, 'propose-close', { summary: 'She came home by herself and is well.' })).status).toBe(202);
    expect((await act(missing.as('ivan.inspector'), recordId, 'close')).json).toMatchObject({ status: 409, code: 'CLOSE_GUARD' });
    await missing.settle();
    const audit = await missing.as('paul.psd').get(`/api/missing-persons/${recordId}/audit?limit=200`);
    expect(audit.json).toMatchObject({ verified: true });
    expect(JSON.stringify(audit.json)).toContain('CommandRefused');
  }, 120_000);
});
