import { describe, expect, it } from '@jest/globals';
import type { Notice } from '../../../functions/missing-persons/rules/notices/notice.ts';
import { payload } from '../../../functions/missing-persons/rules/notices/payload.ts';
import { partKeys } from '../../../functions/missing-persons/state.ts';
import type { Desk } from './desk.ts';
import { basis, highChild, seen } from './regionsSupport.ts';
import { withEvidence } from './support.ts';

const isOpen = ({ state }: { readonly state: string }): boolean => state === 'TODO' || state === 'DOING';
const openOf = (desk: Desk, templateId: string) => desk.record.tasks.filter(task => task.templateId === templateId && isOpen(task));
const lastTo = (desk: Desk, recipientId: string): Notice => {
  const found = desk.record.notices.findLast(one => one.recipientId === recipientId);
  if (!found) throw new Error(`nothing to ${recipientId}`);
  return found;
};
function linesOf(desk: Desk, { noticeId }: Notice): string[] {
  const part = desk.current?.parts[partKeys.payload(noticeId)];
  return part?.kind === 'payload' ? payload.parse(JSON.parse(part.json)).lines : [];
}
const isOwed = (desk: Desk, noticeId: string): boolean => [...desk.record.owed, ...desk.effects].some(({ kind, about }) => kind === 'notice' && about === noticeId);
const accept = (desk: Desk, noticeId: string): void => {
  desk.give({ do: 'RecordNotice', noticeId, verdict: 'SEND', answer: { outcome: 'accepted', providerRef: 'mail-1' } }, 'system');
};
const phoned = (desk: Desk, recipientId: string): void => desk.must({ do: 'AckNotice', noticeId: lastTo(desk, recipientId).noticeId, ackBy: 'Duty desk, A. Example', at: desk.now, how: 'PHONE_LOG' }, 'oscar');
const ask = (desk: Desk, n: string, recipientId: string, variant = 'MISSING'): void => desk.must({ do: 'QueueNotice', n, variant, recipientId, ...basis }, 'oscar');

/** A girl at HIGH of whom a council, its duty team by telephone, the railway police and the unit were told. */
function told(): Desk {
  const desk = highChild();
  for (const [n, to] of [['N04', 'la.halton.children'], ['N04', 'la.halton.edt'], ['N12', 'btp'], ['N02', 'ukmpu.mail']] as const) ask(desk, n, to);
  for (const to of ['la.halton.children', 'btp', 'ukmpu.mail']) accept(desk, lastTo(desk, to).noticeId);
  phoned(desk, 'la.halton.edt');
  desk.to('2026-11-24T03:00:00.000Z');
  return desk;
}

/** Found, and the stand-downs left but the one to the unit. */
function toldFound(): Desk {
  const desk = told();
  seen(desk);
  for (const to of ['la.halton.children', 'btp']) accept(desk, lastTo(desk, to).noticeId);
  phoned(desk, 'la.halton.edt');
  desk.to('2026-11-24T03:20:00.000Z');
  return desk;
}

const withdraw = { do: 'WithdrawVerification', reason: 'It was her cousin' } as const;

describe('C22: the person is missing after all', () => {
  it('C22 tells everybody who heard "found" again, within 15 minutes, beginning with what was wrong; who heard nothing hears nothing', () => {
    const desk = toldFound();
    const before = desk.record.notices.length;
    desk.must(withdraw, 'sita');
    const again = desk.record.notices.slice(before);
    expect(again.map(one => [one.recipientId, one.n, one.variant, one.state, one.dueAt])).toEqual([
      ['la.halton.children', 'N04', 'MISSING', 'QUEUED', '2026-11-24T03:35:00.000Z'], ['la.halton.edt', 'N04', 'MISSING', 'QUEUED', '2026-11-24T03:35:00.000Z'], ['btp', 'N12', 'MISSING', 'QUEUED', '2026-11-24T03:35:00.000Z'],
    ]);
    for (const one of again) expect(linesOf(desk, one)[0]).toBe('We told you that this person was located. That was wrong: the person is still missing.');
    expect(again.map(one => isOwed(desk, one.noticeId))).toEqual([true, false, true]);
    expect(again.map(one => one.corrects?.length)).toEqual([1, 1, 1]);
    expect(desk.record.notices.find(one => one.n === 'N17' && one.recipientId === 'ukmpu.mail')).toMatchObject({ state: 'RECALLED', endReason: 'STALE' });
  });

  it('C22 opens a task that sees to it, with a ladder of its own; evidence names who was told', () => {
    const desk = toldFound();
    desk.must(withdraw, 'sita');
    expect(openOf(desk, 'C22')).toMatchObject([{ ownerUserId: 'oscar', dueAt: '2026-11-24T03:35:00.000Z', mandatory: true }]);
    desk.to('2026-11-24T03:40:00.000Z');
    expect(desk.task('C22').escalations.map(({ step }) => step)).toContain('DUE');
    expect(desk.act(withEvidence(desk.task('C22').taskId, { kind: 'TOLD_AGAIN', told: [] }), 'oscar')).toBe('EVIDENCE_MISSING');
    desk.must(withEvidence(desk.task('C22').taskId, { kind: 'TOLD_AGAIN', told: [{ recipient: 'Halton duty team', at: desk.now, channel: 'PHONE' }, { recipient: 'Her mother', at: desk.now, channel: 'PHONE' }] }), 'oscar');
    expect(openOf(desk, 'C22')).toEqual([]);
  });

  it('C22 with the family told by an officer and nobody else: the task all the same; with nobody told at all: none', () => {
    const alone = highChild();
    seen(alone);
    alone.must(withdraw, 'sita');
    expect(openOf(alone, 'C22')).toEqual([]);
    const desk = highChild();
    seen(desk);
    desk.must(withEvidence('P02', { kind: 'CONTACT', at: desk.now, channel: 'PHONE', withWhom: 'Her mother', note: 'Told that she is found' }), 'sita');
    desk.must(withdraw, 'sita');
    expect([openOf(desk, 'C22').length, desk.record.notices]).toEqual([1, []]);
  });

  it('C22: a request to the charity or for an alert is made again by people only; the owner is asked', () => {
    const desk = highChild();
    ask(desk, 'N10', 'nca-cra');
    phoned(desk, 'nca-cra');
    seen(desk);
    phoned(desk, 'nca-cra');
    const before = desk.record.notices.length;
    desk.must(withdraw, 'sita');
    expect(desk.record.notices).toHaveLength(before);
    expect(desk.record.pages.findLast(page => page.about === 'again-nca-cra')).toMatchObject({ to: [desk.record.owner.userId], isUrgent: true, title: 'Tell them again that the person is missing: Child Rescue Alert desk' });
    expect(openOf(desk, 'C22')).toHaveLength(1);
  });

  it('found again: who was told again is stood down again, and a second mistake tells them once more', () => {
    const desk = toldFound();
    desk.must(withdraw, 'sita');
    accept(desk, lastTo(desk, 'btp').noticeId);
    desk.to('2026-11-24T05:00:00.000Z');
    seen(desk);
    const down = desk.record.notices.filter(one => one.n === 'N17' && one.state === 'QUEUED');
    // Halton was not told again before she was found, and believes what is true; the unit never heard of the first finding.
    expect(down.map(one => one.recipientId).sort()).toEqual(['btp', 'ukmpu.mail']);
    for (const one of down) accept(desk, one.noticeId);
    desk.must(withdraw, 'sita');
    const again = desk.record.notices.filter(one => one.corrects !== undefined && one.state === 'QUEUED');
    expect(again.map(one => one.recipientId).sort()).toEqual(['btp', 'la.halton.children', 'la.halton.edt', 'ukmpu.mail']);
    expect(openOf(desk, 'C22')).toHaveLength(1);
  });

  it('C20 does the same for a case that had been closed', () => {
    const desk = toldFound();
    const { file } = desk.record;
    if (!desk.current || !file) throw new Error('no case');
    desk.current = { ...desk.current, state: { ...desk.record, file: { ...file, state: 'CLOSED' } } };
    desk.must({ do: 'ReopenMissing', reason: 'It was somebody of the same name' }, 'ivan');
    expect(desk.record.notices.filter(one => one.corrects !== undefined).map(one => one.recipientId)).toEqual(['la.halton.children', 'la.halton.edt', 'btp']);
    expect(openOf(desk, 'C22')).toHaveLength(1);
  });
});

describe('15.1 item 20: a message was with its adapter while the case turned', () => {
  it('C8: what says "missing" and left late is stood down as soon as that is known', () => {
    const desk = highChild();
    ask(desk, 'N12', 'btp');
    const { noticeId } = lastTo(desk, 'btp');
    seen(desk);
    expect(desk.record.notices.map(one => [one.n, one.state])).toEqual([['N12', 'RECALLED']]);
    accept(desk, noticeId);
    expect(desk.record.notices.map(one => [one.n, one.state])).toEqual([['N12', 'RECALLED'], ['N17', 'QUEUED']]);
    expect(isOwed(desk, lastTo(desk, 'btp').noticeId)).toBe(true);
    accept(desk, noticeId);
    expect(desk.record.notices).toHaveLength(2);
  });

  it('C22: a stand-down that left late is taken back, and its task opens', () => {
    const desk = told();
    seen(desk);
    const { noticeId } = lastTo(desk, 'btp');
    desk.must(withdraw, 'sita');
    expect([desk.record.notices.some(one => one.corrects !== undefined), openOf(desk, 'C22').length]).toEqual([false, 0]);
    accept(desk, noticeId);
    expect(desk.record.notices.filter(one => one.corrects !== undefined).map(one => [one.recipientId, one.corrects])).toEqual([['btp', [noticeId]]]);
    expect(openOf(desk, 'C22')).toHaveLength(1);
  });
});
