import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { rows, type Answer } from '../../support/client.ts';
import { objectIdOf } from '../../support/liveLinks.ts';
import { act, answers, must, reported, startMissing, type Missing } from '../../support/missing.ts';

let missing: Missing;
let recordId = '';
beforeAll(async () => {
  missing = await startMissing();
  const [carrie, cora] = [missing.as('carrie.carer'), missing.as('cora.callhandler')];
  recordId = await reported(carrie, {
    givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back for the curfew', informantName: 'Sam Carer', informantPhone: '01632 960001',
    worries: 'Not back for the curfew of eight o\'clock, and her phone is off', hasPart1: 'YES', laResponsible: 'Cheshire East', placementName: 'Sample House',
  }, '/api/missing-care-reports');
  await must(cora, recordId, 'answers', answers({ Q08: 'NOT_KNOWN' }));
  await must(cora, recordId, 'screen', { thrive: 'Late for the curfew.', level: 'MEDIUM' });
  await must(cora, recordId, 'accept', { rationale: 'Child in care, late for her curfew, exploitation not known.' });
  await missing.settle();
}, 120_000);
afterAll(async () => {
  await missing.stop();
});

const line = z.object({ number: z.number(), name: z.string(), bar: z.string().optional(), value: z.number().optional(), hidden: z.string().optional() });
const linesOf = ({ json }: Answer) => z.object({ value: z.array(line) }).parse(json).value;
const numbers = async (login: string, query = ''): Promise<ReturnType<typeof linesOf>> => linesOf(await missing.as(login).get(`/api/missing-numbers${query}`));
const valueOf = (lines: ReturnType<typeof linesOf>, name: string, bar?: string) => lines.find(item => item.name === name && item.bar === bar);
const idsOf = (answer: Answer): unknown[] => rows(answer).map(row => row['recordId']);

describe('the dashboard over the built bundle (7)', () => {
  it('counts the open case by level and age from its index row, and follows what happens to it', async () => {
    const before = await numbers('sita.sergeant');
    expect(valueOf(before, 'open')).toMatchObject({ value: 1 });
    expect(valueOf(before, 'open_by_risk', 'MEDIUM')).toMatchObject({ value: 1 });
    expect(valueOf(before, 'open_by_age', '11-15')).toMatchObject({ value: 1 });
    expect(valueOf(before, 'owner_not_acknowledged')).toMatchObject({ value: 1 });
    expect(valueOf(before, 'key_answer_not_known')).toMatchObject({ value: 1 });
    expect(valueOf(before, 'since_heartbeat')).toMatchObject({ value: 0 });
    await must(missing.as('fay.manager'), recordId, 'owner/acknowledge');
    await missing.settle();
    expect(valueOf(await numbers('sita.sergeant'), 'owner_not_acknowledged')).toMatchObject({ value: 0 });
  });

  it('filters, and hides small counts from who is not of the team', async () => {
    expect(valueOf(await numbers('sita.sergeant', '?risk=HIGH'), 'open')).toMatchObject({ value: 0 });
    expect(valueOf(await numbers('sita.sergeant', '?la=Cheshire%20East&ageBand=11-15&setting=CHILDRENS_HOME'), 'open')).toMatchObject({ value: 1 });
    const outside = valueOf(await numbers('paul.psd'), 'open');
    expect(outside).toMatchObject({ hidden: '<5' });
    expect(outside).not.toHaveProperty('value');
  });

  it('has the numbers of a period, with the case while it is open', async () => {
    const year = new Date().getUTCFullYear();
    const lines = await numbers('mo.coordinator', `?from=${year}-01-01&to=${year + 1}-01-01`);
    expect(valueOf(lines, 'reports_cases_individuals', 'cases')).toMatchObject({ value: 1 });
    expect((await missing.as('mo.coordinator').get(`/api/missing-numbers?from=${year}-01-01`)).status).toBe(422);
  });

  it('exports them as CSV whose columns keep their names', async () => {
    const answer = await missing.as('mo.coordinator').get('/api/missing-numbers/file');
    const text = Buffer.from(answer.bytes).toString();
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(text.split('\r\n')[0]).toBe('number,name,bar,value,numerator,denominator,unknown,unit,period_from,period_to,as_at');
    expect(text).toContain('1,open_by_risk,MEDIUM,1,,,,count,');
  });
});

describe('working lists', () => {
  it('a case is in the list of what is overdue once its time is over, and says what and by how much', async () => {
    const sita = missing.as('sita.sergeant');
    expect(idsOf(await sita.get('/api/missing-overdue'))).toEqual([]);
    await missing.pass(2 * 3_600);
    const late = await sita.get('/api/missing-overdue');
    expect(idsOf(late)).toEqual([recordId]);
    expect(Number(rows(late)[0]?.['minutesLate'])).toBeGreaterThan(30);
    expect(valueOf(await numbers('sita.sergeant'), 'tasks_overdue_by_risk', 'MEDIUM')?.value).toBeGreaterThan(0);
  });

  it('a child that is back is in the tracker of return interviews, with the authority that did not acknowledge', async () => {
    const now = new Date(Date.now() + 2 * 3_600_000).toISOString();
    await must(missing.as('sita.sergeant'), recordId, 'risk/confirm', { level: 'MEDIUM', rationale: 'Child in care, nothing known of where she is, exploitation not known.', plan: 'Ring her friends.' });
    await must(missing.as('abby.attending'), recordId, 'verify', { method: 'SEEN_BY_POLICE', identityCheck: 'Known to the officer', wellBeing: 'WELL', locatedAt: now, place: 'A friend in Crewe', condition: 'Well', returnedAt: now, returnPlace: 'PLACEMENT' });
    await missing.settle();
    const tracker = await missing.as('mo.coordinator').get('/api/missing-return-interviews');
    expect(rows(tracker)).toEqual([expect.objectContaining({ recordId, isOverdue: false })]);
  });
});

describe('what partners read (15.2 item 28)', () => {
  it('S14 the provider hears that she is found, and not where, until somebody decided that it may', async () => {
    const seen = JSON.stringify((await missing.as('carrie.carer').get(`/api/missing-partner-cases/${recordId}`)).json);
    expect(seen).toContain('"value":"found"');
    expect(seen).not.toMatch(/Crewe|returnPlace|MEDIUM/);
    const council = JSON.stringify((await missing.as('lara.council').get(`/api/missing-partner-cases/${recordId}`)).json);
    expect(council).toContain('rhiDueAt');
  });
});

describe('restricted and confidential cases (3.1)', () => {
  it('RESTRICTED opens with a reason that is logged, and not without', async () => {
    const sita = missing.as('sita.sergeant');
    await must(missing.as('ivan.inspector'), recordId, 'access', { tier: 'RESTRICTED', userIds: [], reason: 'Her address must not be known.' });
    expect((await sita.get(`/api/missing-persons/${recordId}`)).status).toBe(403);
    expect((await sita.post(`/api/missing-persons/${recordId}/open`, { body: {} })).status).toBe(422);
    expect((await sita.post(`/api/missing-persons/${recordId}/open`, { body: { reason: 'I supervise this case.' } })).json).toMatchObject({ recordId });
  });

  it('CONFIDENTIAL shows neither initials nor age in a list, is found by no search, and is not there for who is not on its list, partners included', async () => {
    await must(missing.as('ivan.inspector'), recordId, 'access', { tier: 'CONFIDENTIAL', userIds: [objectIdOf('fay.manager')], reason: 'A police relative.' });
    await missing.settle();
    const sita = missing.as('sita.sergeant');
    const [row] = rows(await sita.get('/api/missing-persons'));
    expect(row).toMatchObject({ recordId, initials: '' });
    expect(row).not.toHaveProperty('age');
    expect((await sita.post(`/api/missing-persons/${recordId}/open`, { body: { reason: 'I supervise this case.' } })).status).toBe(404);
    expect(rows(await sita.post('/api/missing-search', { body: { name: 'Example', reason: 'Report of a sighting' } }))).toEqual([]);
    expect((await act(sita, recordId, 'information', { text: 'A note.', isRestricted: false })).status).toBe(404);
    for (const login of ['carrie.carer', 'lara.council']) expect((await missing.as(login).get(`/api/missing-partner-cases/${recordId}`)).status).toBe(404);
    expect(idsOf(await missing.as('carrie.carer').get('/api/missing-partner-cases'))).toEqual([]);
    expect((await missing.as('fay.manager').post(`/api/missing-persons/${recordId}/open`, { body: { reason: 'I own this case.' } })).status).toBe(200);
    expect(rows(await missing.as('fay.manager').post('/api/missing-search', { body: { name: 'Example', reason: 'Report of a sighting' } }))).toHaveLength(1);
  });
});
