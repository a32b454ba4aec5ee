import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { partKeys, missingPart, type MissingRecord } from '../../../functions/missing-persons/state.ts';
import { liveLinkAsk, liveLinkNews } from '../../../shared/messages.ts';
import { unpack } from '../../../shared/case/rows.ts';
import { cardFor, linkFrom, press, seen, sessionOf, textsTo } from '../../goodsam/story/support.ts';
import { agree, give, objectIdOf, phone, phoneWith, stands } from '../../support/liveLinks.ts';
import { until } from '../../support/service.ts';
import { act, must, startMissing, type Missing } from '../../support/missing.ts';
import { accept, called, casesOf, recordOf } from '../fault/support.ts';
import { text } from '../../support/client.ts';

let missing: Missing;
beforeAll(async () => {
  missing = await startMissing({ provider: { speed: 300 }, notify: { speed: 100, phoneOf: () => ({ opens: 'never', receipt: 'delivered' }) } });
  for (const login of ['fay.manager', 'carl.controller', 'oscar.officer', 'ivan.inspector']) await missing.links.simulators.teams.install(objectIdOf(login));
}, 120_000);
afterAll(async () => { await missing.stop(); });

const grounds = { necessity: 'Nobody has heard of her since noon', proportionality: 'Only her place is asked for, and only if she agrees', collateral: 'Nobody else is on this phone' };
type Enquiry = NonNullable<NonNullable<MissingRecord['regions']>['enquiries']>['enquiries'][number];
const enquiryOf = async (recordId: string): Promise<Enquiry> => {
  const found = (await recordOf(missing, recordId)).regions?.enquiries?.enquiries.at(-1);
  if (!found) throw new Error('there is no enquiry');
  return found;
};
const enquiryAt = (recordId: string, isThere: (enquiry: Enquiry) => boolean): Promise<Enquiry> => until(async () => {
  await missing.settle();
  return await enquiryOf(recordId);
}, isThere, 40_000);
/** All words of the information items that live links brought. */
async function words(recordId: string): Promise<string[]> {
  const { information } = await recordOf(missing, recordId);
  const rows = await Promise.all(information.filter(({ channel }) => channel === 'LIVE_LINK').map(({ id }) => casesOf(missing).get(recordId, partKeys.information(id))));
  return rows.flatMap(row => {
    const part = row && unpack(row, missingPart);
    return part?.kind === 'information' ? [part.text] : [];
  });
}

async function openedWith(missingPhone: string | undefined, familyName: string): Promise<string> {
  const cora = missing.as('cora.callhandler');
  const recordId = missingPhone === undefined ? await called(cora, familyName) : text(await cora.post('/api/missing-persons', { body: {
    channel: 'PHONE_101', callStartedAt: new Date().toISOString(), callStartReason: 'The clock of the test has moved on', givenName: 'Ella', familyName, age: '41', missingPhone, lastSeenPlace: 'Sample Square', lastSeenUnknown: 'yes', lastSeenReason: 'Not seen since last evening', informantName: 'Sam Example', informantPhone: '01632 960001',
  } }), 'recordId');
  await accept(cora, recordId, 'LOW');
  return recordId;
}

/** Asked for by the officer, approved by the inspector. */
async function approved(recordId: string): Promise<Enquiry> {
  await must(missing.as('oscar.officer'), recordId, 'live-link/request', grounds);
  const { id } = await enquiryOf(recordId);
  expect((await act(missing.as('oscar.officer'), recordId, 'live-link/decide', { enquiryId: id, isApproved: true, reason: 'She may be lost' })).status).not.toBe(202);
  await must(missing.as('ivan.inspector'), recordId, 'live-link/decide', { enquiryId: id, isApproved: true, reason: 'She may be lost' });
  return await enquiryAt(recordId, ({ liveLinkNews: news }) => news !== undefined);
}

describe('a live link locates a missing person (15.2 item 36)', () => {
  it('goes to the control room as ids, waits there for a supervisor, and its place comes back as an information item', async () => {
    const number = phone('102');
    const recordId = await openedWith(number, 'Sample');
    const held = await approved(recordId);
    expect(held).toMatchObject({ state: 'APPROVED', liveLinkNews: 'SAFETY_HELD' });
    const requestId = held.liveLinkRequestId ?? '';
    const carl = missing.as('carl.controller');
    expect((await seen(carl, requestId)).json).toMatchObject({ state: 'SAFETY_HELD', area: 'FCC', reasonCode: 'MISSING_PERSON_LOCATE', mode: 'LOCATION', personRole: 'MISSING_PERSON' });
    expect(textsTo(missing.links, number)).toEqual([]);
    await cardFor(missing.links, requestId, { login: 'fay.manager', words: /Held for a safety check/ });
    expect((await give(missing.as('fay.manager'), requestId, 'release-hold', { reason: 'NO_EXPLOITATION_RISK' })).status).toBe(202);
    await stands(carl, requestId, 'SENT', 'DELIVERED');
    expect(textsTo(missing.links, number)).toHaveLength(1);
    const device = phoneWith(linkFrom(textsTo(missing.links, number)[0]));
    await device.press('continue', { step: 'JOIN' });
    await until(() => seen(carl, requestId), answer => answer.json['joined'] === true);
    expect((await give(carl, requestId, 'let-in')).status).toBe(202);
    await agree(device, ['LOCATION']);
    await press(await sessionOf(device), 'join', { scenario: '020' });
    await stands(carl, requestId, 'ENDED');
    await missing.links.settle();
    expect(await enquiryAt(recordId, ({ state }) => state === 'RETURNED')).toMatchObject({ liveLinkNews: 'ENDED', resultSummary: 'The session is over. A place was found.', informationId: expect.stringMatching(/^info-/) });
    expect(await words(recordId)).toEqual(expect.arrayContaining([expect.stringMatching(/^Live link GS-.*The session is over\. The phone was at 53\.5\d+, -?\d+\.\d{5}, within \d+ m/)]));
    const record = await recordOf(missing, recordId);
    expect(record.information.filter(({ channel }) => channel === 'LIVE_LINK').every(({ kind, isRestricted }) => kind === 'LIVE_LINK' && isRestricted)).toBe(true);
    expect(record.pages.map(({ title }) => title)).toEqual(expect.arrayContaining([expect.stringMatching(/^A live link has ended with a place/)]));
    // The system tells; whether she is found is for people to say (I10).
    expect(record.file?.state).toBe('OPEN_UNCONFIRMED');
  }, 180_000);

  it('a person without a number: nothing is sent, and the owner hears why', async () => {
    const recordId = await openedWith(undefined, 'Nonumber');
    expect(await approved(recordId)).toMatchObject({ state: 'APPROVED', liveLinkNews: 'NO_NUMBER' });
    const { pages, owner } = await recordOf(missing, recordId);
    expect(pages.filter(({ to }) => to.includes(owner.userId)).map(({ title }) => title)).toEqual(expect.arrayContaining([expect.stringMatching(/no mobile number of the person is known/)]));
  }, 120_000);

  it('once the person is found no text leaves any more: the held request is cancelled in the other room', async () => {
    const number = phone('103');
    const recordId = await openedWith(number, 'Found');
    const { liveLinkRequestId: requestId = '' } = await approved(recordId);
    const at = new Date().toISOString();
    await must(missing.as('cora.callhandler'), recordId, 'located', { reportedBy: 'Her sister', at, place: 'Sample Street', how: 'By telephone' });
    await must(missing.as('sita.sergeant'), recordId, 'agree-hold');
    await must(missing.as('abby.attending'), recordId, 'verify', { method: 'SEEN_BY_POLICE', identityCheck: 'Known to the officer', wellBeing: 'WELL', locatedAt: at, place: 'Sample House', condition: 'Well', returnedAt: at, returnPlace: 'HOME' });
    await missing.settle();
    await missing.links.settle();
    expect((await stands(missing.as('carl.controller'), requestId, 'CANCELLED')).json).toMatchObject({ state: 'CANCELLED' });
    await missing.settle();
    expect(await enquiryOf(recordId)).toMatchObject({ state: 'CANCELLED' });
    expect(textsTo(missing.links, number)).toEqual([]);
  }, 120_000);
});

describe('what the two rooms say to each other', () => {
  it('is ids and codes: a name, a number or a place has no field to be in', () => {
    const ids = { v: 1, caseId: 'a'.repeat(26), enquiryId: 'enquiry-1', requestId: 'b'.repeat(26), operationId: 'c'.repeat(32) };
    expect(liveLinkAsk.safeParse({ ...ids, want: 'SEND' }).success).toBe(true);
    expect(liveLinkNews.safeParse({ ...ids, news: 'SAFETY_HELD' }).success).toBe(true);
    for (const more of [{ name: 'Ella Sample' }, { number: phone('102') }, { place: '53.5,-2.9' }]) {
      expect(liveLinkAsk.safeParse({ ...ids, want: 'SEND', ...more }).success).toBe(false);
      expect(liveLinkNews.safeParse({ ...ids, news: 'PLACE', ...more }).success).toBe(false);
    }
    expect(liveLinkNews.safeParse({ ...ids, news: 'at 53.5, -2.9' }).success).toBe(false);
  });
});
