import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TableClient } from '@azure/data-tables';
import { startAzurite, type Azurite } from '../../../local/azurite.ts';
import { azureTable } from '../../../shared/azure/table.ts';
import { readPartition, verifyPartition } from '../../../shared/case/verify.ts';
import { rows, type Client } from '../../support/client.ts';
import { startMissing, type Missing } from '../../support/missing.ts';
import { audit, idOf, opened, plus, startStory, type Story, type Told } from '../../support/missingStory.ts';
import { until } from '../../support/service.ts';
import { opened as openCase } from '../fault/support.ts';
import { isWhole, packsIn } from '../outage/containers.ts';
import { sheetsIn } from '../outage/support.ts';

let story: Story;
let ella: Told;
let evil: Told;
let hidden: Told;
const first = '2026-06-01T10:00:00.000Z';
const hour = (n: number): string => plus(first, { hours: n });
const nameOf = (at: string): string => `hourly/${at.slice(0, 13)}Z.html`;
const packs = () => packsIn(story.missing.links.system.connectionString);

const numbersOf = async (person: Client) => Object.fromEntries(rows(await person.get('/api/missing-numbers')).map(row => [String(row['name']), row['value']]));

/** Moves to this hour and writes its pack; the host's own timer may have done so, or be doing it. */
async function packOf(at: string): Promise<string> {
  await story.to(at);
  await story.missing.links.system.host.run('MissingOutagePack');
  const all = await until(packs, found => found.has(nameOf(at)) && found.get('latest.html') === found.get(nameOf(at)), 60_000);
  return all.get('latest.html') ?? '';
}

beforeAll(async () => {
  story = await startStory('2026-06-01T09:00:00.000Z', { outagePack: { keepHourly: 2 } });
  ella = await opened(story, { form: { givenName: 'Ella', familyName: 'Example', age: '15', informantName: 'Pat Example' }, level: 'HIGH', factors: ['NOTE_LEFT'] });
  evil = await opened(story, { form: { givenName: '<script>alert(1)</script>', familyName: 'O\'Sample', age: '30', lastSeenPlace: '<img src=x onerror=alert(1)>', informantPhone: '01632 960003' }, level: 'MEDIUM' });
  hidden = await opened(story, { form: { givenName: 'Ian', familyName: 'Hidden', age: '40', lastSeenPlace: 'Hidden Lane', informantPhone: '01632 960004', informantName: 'Kim Hidden' }, level: 'MEDIUM' });
  await hidden.must('ivan', 'access', { tier: 'CONFIDENTIAL', userIds: [idOf('ivan'), idOf('cora'), idOf('fay')], reason: 'A relative works here' });
}, 180_000);
afterAll(async () => { await story.stop(); });

describe('the outage pack over the built bundle (15.4)', () => {
  it('is one whole page of all that is open, the riskiest first; a name that is a script is text', async () => {
    const html = await packOf(hour(0));
    expect(isWhole(html)).toBe(true);
    expect(sheetsIn(html)).toEqual(['Ella Example', '&lt;script&gt;alert(1)&lt;/script&gt; O&#39;Sample']);
    expect(html).not.toMatch(/<(?:script|img|iframe|link)\b/i);
    const { ref } = await ella.view();
    for (const words of [ref, 'HIGH RISK', 'Pat Example', '+441632960002', `collar ${idOf('fay').slice(-4)}, FIM`, 'callStartedAt', 'Form B']) expect(html).toContain(words);
    expect(html).toMatch(/<strong>LATE<\/strong> Mon 1 Jun/);
  }, 120_000);

  it('of the confidential case there is a line with its reference, level and owner, and no word of the person', async () => {
    const html = (await packs()).get('latest.html') ?? '';
    expect(html).not.toMatch(/Hidden|\bIan\b|I\.H\./);
    const ref = (await story.as('ivan').post(`/api/missing-persons/${hidden.recordId}/open`, { body: { reason: 'The reference for the test' } })).json['ref'];
    expect(html).toMatch(new RegExp(`<td class="ref">${String(ref)}</td><td[^>]*>Medium risk</td><td>collar ${idOf('fay').slice(-4)}, FIM</td><td>Mon 1 Jun`));
  }, 60_000);

  it('what has ended is not in the next one, and the oldest are deleted', async () => {
    await evil.must('sita', 'propose-cancel', { kind: 'ERROR', reason: 'Entered twice by mistake.' });
    await evil.must('ivan', 'cancel');
    expect(sheetsIn(await packOf(hour(1)))).toEqual(['Ella Example']);
    await packOf(hour(2));
    const names = await until(packs, found => found.size <= 3, 60_000);
    expect([...names.keys()].sort()).toEqual([nameOf(hour(1)), nameOf(hour(2)), 'latest.html']);
  }, 120_000);

  it('its age is a number of the room; writing it is in the audit with count and hash', async () => {
    const numbers = await numbersOf(story.as('mo'));
    expect([Number(numbers['since_outage_pack']) < 60, numbers['outage_pack_late']]).toEqual([true, 0]);
    const html = await packOf(hour(3));
    const cases = azureTable(TableClient.fromConnectionString(story.missing.links.system.connectionString, 'cases', { allowInsecureConnection: true }));
    const chain = await readPartition(cases, 'missing-outage-pack|reads|2026-06');
    expect(verifyPartition(chain).faults).toEqual([]);
    const said = JSON.stringify(chain.map(({ fields }) => fields));
    expect(said).toContain(createHash('sha256').update(html).digest('hex'));
    expect(said).not.toMatch(/Ella|Example|Hidden/);
  }, 120_000);

  it('what was taken on paper is entered afterwards with its original times', async () => {
    await story.to(hour(6));
    const began = hour(3);
    const report = { channel: 'PHONE_101', givenName: 'Rae', familyName: 'Paper', age: '30', lastSeenPlace: 'Sample Park', lastSeenUnknown: 'yes', lastSeenReason: 'Nobody saw her leave', informantName: 'Jo Paper', informantPhone: '01632 960005', worries: 'Not home for the night', callStartedAt: began };
    expect((await story.as('cora').post('/api/missing-persons', { body: report })).status).toBe(422);
    const entered = await story.as('cora').post('/api/missing-persons', { body: { ...report, callStartReason: 'Service outage, taken on paper' } });
    expect(entered.status).toBe(202);
    const shown = await story.as('cora').get(`/api/missing-persons/${String(entered.json['recordId'])}`);
    expect(shown.json['reportedAt']).toBe(began);
    const clientAt = hour(4);
    await ella.must('oscar', 'information', { text: 'Rang a friend from an unknown number.', isRestricted: true, clientAt });
    await ella.must('oscar', 'sightings', { from: hour(4), place: 'Sample Bridge', source: 'Shop assistant', reliability: 'UNTESTED', match: 3, clientAt });
    await ella.must('oscar', 'located', { reportedBy: 'Her mother', at: hour(5), place: 'At home', how: 'By telephone', clientAt: hour(5) });
    expect((await ella.view()).information.filter(({ kind }) => kind === 'INFORMATION' || kind === 'SIGHTING').map(({ clientReportedAt }) => clientReportedAt)).toEqual([clientAt, clientAt]);
    const facts = await audit(story, ella.recordId);
    expect(facts.flatMap(({ what, about }) => (about['clientReportedAt'] === undefined ? [] : [[what, about['clientReportedAt']]]))).toEqual([['InformationAdded', clientAt], ['SightingAdded', clientAt], [expect.any(String), hour(5)]]);
  }, 120_000);
});

describe('where it is kept', () => {
  let elsewhere: Azurite;
  let missing: Missing;
  beforeAll(async () => {
    elsewhere = await startAzurite();
    missing = await startMissing({ service: { environment: { OUTAGE_PACK_CONNECTION: elsewhere.connectionString } } });
  }, 120_000);
  afterAll(async () => {
    await missing.stop();
    await elsewhere.stop();
  });

  it('is an account of the force\'s choice, and nothing of it is in the app\'s own', async () => {
    await missing.links.system.host.run('MissingOutagePack');
    const html = (await until(() => packsIn(elsewhere.connectionString), found => found.has('latest.html'), 60_000)).get('latest.html') ?? '';
    expect([isWhole(html), html.includes('No case is open.')]).toEqual([true, true]);
    expect((await packsIn(missing.links.system.connectionString)).size).toBe(0);
  }, 120_000);

  it('when that account is away, everything else works, and an old pack is a fault in the numbers and in the log', async () => {
    await openCase(missing, 'MEDIUM', 'Sample');
    await missing.settle();
    const mo = missing.as('mo.coordinator');
    expect(await numbersOf(mo)).toMatchObject({ open: 1, outage_pack_late: 0 });
    await elsewhere.stop();
    await missing.links.advance(3 * 3_600);
    await missing.links.system.host.run('MissingOutagePack');
    const numbers = await numbersOf(mo);
    expect(numbers).toMatchObject({ open: 1, outage_pack_late: 1 });
    expect(Number(numbers['since_outage_pack'])).toBeGreaterThanOrEqual(180);
    expect(missing.links.system.logs().filter(line => line.includes('outage-pack-late')).length).toBeGreaterThan(0);
  }, 120_000);
});
