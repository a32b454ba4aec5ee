import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { audit, cardsTo, confirmed, idOf, opened, plus, startStory, stepsOf, taskIn, tasksIn, told, type AuditRow, type Shown, type Story, type Told } from '../../support/missingStory.ts';
import { text } from '../../support/client.ts';
import { reported } from '../../support/missing.ts';
import { pdf } from '../uploads/support.ts';

/** Tue 10 March 2026: London is at GMT. */
const reportedAt = '2026-03-10T18:00:00.000Z';
const at = (hours: number, minutes = 0): string => plus(reportedAt, { hours, minutes });
let ours: Story;
let theirs: Story;
let high: Told;
let medium: Told;
let before: AuditRow[] = [];
beforeAll(async () => {
  ours = await startStory(reportedAt);
  theirs = await startStory(reportedAt, { forceCode: 'MER' });
}, 180_000);
afterAll(async () => {
  await ours.stop();
  await theirs.stop();
});

const student = { givenName: 'Mia', familyName: 'Sample', age: '20', homeAddress: 'Sample Hall, Liverpool', lastSeenPlace: 'Sample Arms, Chester', worries: 'A student from Liverpool who did not come back to her friends' };
const offer = { toForce: 'Merseyside', reason: 'She lives, studies and is known there', initialActionsDone: true };
const ack = { theirOwner: 'insp-1234', theirRole: 'INSP', theirRef: 'MP/MER/2026/000001' };
const openTasks = (shown: Shown, template: string) => tasksIn(shown, template).filter(({ state }) => state === 'TODO' || state === 'DOING');
const hardDueOfUkmpu = (shown: Shown): string | undefined => taskIn(shown, 'H09').hardDueAt;

describe('S13 cross-force transfer', () => {
  it('S13 18:00 we take the call and do the first actions; 21:00 an inspector offers it with a reason, which nobody else may', async () => {
    high = await opened(ours, { form: student, level: 'HIGH' });
    medium = await opened(ours, { form: { ...student, givenName: 'Max', informantPhone: '01632 960003' }, level: 'MEDIUM', matchesSeen: [] });
    await confirmed(high, 'HIGH', 'ivan');
    await confirmed(medium, 'MEDIUM', 'sita');
    await ours.to(at(3));
    expect(await high.try('ivan', 'transfer/offer', { ...offer, initialActionsDone: false })).toBe('409 GUARD_UNMET');
    expect(await high.try('ivan', 'transfer/offer', { ...offer, reason: ' ' })).toMatch(/^4\d\d /);
    expect(await high.try('sita', 'transfer/offer', offer)).toBe('403 not-permitted');
    for (const record of [high, medium]) await record.must('ivan', 'transfer/offer', offer);
    await ours.settle();
    expect(taskIn(await high.view(), 'X18')).toMatchObject({ state: 'TODO', dueAt: expect.stringContaining('T22:00:') });
    expect(taskIn(await medium.view(), 'X18')).toMatchObject({ state: 'TODO', dueAt: expect.stringContaining('2026-03-11T01:00:') });
  }, 180_000);

  it('S13 no answer: we own it all the while, X18 escalates at 22:00 from HIGH and at 01:00 otherwise, and no one of us closes what is offered', async () => {
    const { dueAt } = await high.task('X18');
    await ours.to(plus(dueAt, { minutes: -2 }));
    expect(stepsOf(await high.task('X18'))).not.toContain('DUE');
    await ours.to(dueAt);
    expect(stepsOf(await high.task('X18'))).toContain('DUE');
    expect(stepsOf(await medium.task('X18'))).not.toContain('DUE');
    expect((await high.view()).owner).toBe(idOf('fay'));
    expect(await high.try('ivan', 'transfer/offer', { ...offer, toForce: 'Greater Manchester' })).toBe('409 TRANSFER_PENDING');
    expect(cardsTo(ours, 'ivan', high.recordId).length).toBeGreaterThan(0);
  }, 120_000);

  it('S13 23:30 their written acknowledgement is uploaded and recorded: theirs from that instant, and our part is a weekly look', async () => {
    await ours.to(at(5, 30));
    expect(await high.try('ivan', 'transfer/acknowledge', { ...ack, acknowledgementId: 'info-none' })).toBe('409 EVIDENCE_MISSING');
    const sent = await ours.as('ivan').send('POST', `/api/missing-persons/${high.recordId}/files?kind=FORM&form=OTHER&otherName=Acknowledgement+of+a+transfer`, { file: { bytes: pdf('We take the case over.'), contentType: 'application/pdf', name: 'acknowledgement.pdf' } });
    await ours.settle();
    const item = (await high.view()).information.find(({ id }) => id === `info-${text(sent, 'fileId')}`);
    await high.must('ivan', 'transfer/acknowledge', { ...ack, acknowledgementId: item?.id });
    const shown = await high.view();
    expect([shown.state, taskIn(shown, 'X18').state, openTasks(shown, 'C23').length]).toEqual(['TRANSFERRED_OUT', 'CANCELLED', 1]);
    expect(shown.owners.at(-1)).toMatchObject({ userId: 'insp-1234', force: 'Merseyside', how: 'TRANSFER' });
    // AT: only the new owner may close.
    expect(await high.try('oscar', 'propose-close', { summary: 'She was seen at home.' })).toMatch(/^409 /);
    before = await audit(ours, high.recordId);
  }, 120_000);

  it('S13 the one of MEDIUM escalates at 01:00, is refused, and stays ours', async () => {
    const { dueAt } = await medium.task('X18');
    await ours.to(plus(dueAt, { minutes: -2 }));
    expect(stepsOf(await medium.task('X18'))).not.toContain('DUE');
    await ours.to(dueAt);
    expect(stepsOf(await medium.task('X18'))).toContain('DUE');
    await medium.must('ivan', 'transfer/refuse', { reason: 'She is not known there' });
    const shown = await medium.view();
    expect([shown.state, taskIn(shown, 'X18').state, shown.owner]).toEqual(['ACTIVE', 'CANCELLED', idOf('fay')]);
  }, 120_000);

  it('S13 the other force takes it in: its clock and its duty to the UK Missing Persons Unit run from 18:00', async () => {
    await theirs.to(at(5, 35));
    const { reportedAt: first, ref } = await high.view();
    expect(first).toContain('T18:00:');
    const recordId = await reported(theirs.as('fay'), { ...student, lastSeenUnknown: 'yes', lastSeenReason: 'Nobody was with her', informantPhone: '01632 960001', fromForce: 'Cheshire', theirRef: ref, reportedAt: first, acknowledgementId: 'DOC-1' }, '/api/missing-transfers');
    expect((await told(theirs, recordId).view()).reportedAt).toBe(first);
  }, 120_000);

  it('S13 later they give it back: no instant without an owner or with two, and no clock was set back', async () => {
    const gone = await high.view();
    const due = hardDueOfUkmpu(gone);
    await ours.to(at(20));
    await high.must('ivan', 'transfer/return', { userId: idOf('oscar'), role: 'OIC', reason: 'She was seen again in Chester' });
    await ours.settle();
    const shown = await high.view();
    expect([shown.state, shown.reportedAt, shown.owner]).toEqual(['ACTIVE', gone.reportedAt, idOf('oscar')]);
    expect(shown.owners.map(({ force }) => force)).toEqual(['CHS', 'Merseyside', 'CHS']);
    expect(hardDueOfUkmpu(shown)).toBe(due);
    expect(due).toMatch(/^2026-03-13T18:00:/);
    expect(openTasks(shown, 'C23')).toEqual([]);
    // AT: what either force exports of the audit is the same: what was there at the hand-over stands unchanged under what came after.
    const after = await audit(ours, high.recordId);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.map(({ what }) => what)).toEqual(expect.arrayContaining(['TransferOffered', 'TransferAcknowledged', 'TransferReturned']));
  }, 120_000);
});
