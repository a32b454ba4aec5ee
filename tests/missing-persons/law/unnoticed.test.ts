import { describe, expect, it } from '@jest/globals';
import type { Act } from '../../../functions/missing-persons/rules/bodies/all.ts';
import { missingSettings } from '../../../functions/missing-persons/rules/settings.ts';
import { Desk, people } from './desk.ts';
import { confirmed, openCase } from './support.ts';

// Duties that no scenario of the specification walks through, each found missing by a reading of the law against it.

const redirect = { do: 'RedirectReport', agency: 'Sample NHS Trust', acceptedBy: 'N. Nurse', acceptedAt: '2026-07-01T12:00:00.000Z', threshold: 'He asked for a doctor, and nothing speaks for a danger.', advice: 'Ring the ward.', callBackAt: '2026-07-01T14:00:00.000Z', crimeSuspected: false, immediateRisk: false } as const;
const noon = '2026-07-01T12:00:00.000Z';
const screened = (form: Parameters<Desk['call']>[0]): Desk => {
  const desk = new Desk(noon);
  desk.call(form);
  desk.answers();
  desk.must({ do: 'ScreenReport', thrive: 'Nothing known yet.', level: 'MEDIUM', matchesSeen: [] }, 'cora');
  return desk;
};
const told = { lastSeenPlace: 'Bus station', lastSeenUnknown: 'yes', lastSeenReason: 'Seen by a driver', informantName: 'Pat Sample', informantPhone: '01632 960002', worries: 'Somebody was crying at the stop and then was gone' } as const;

describe('R4: nobody who may be a child is sent to another agency', () => {
  it('a person without a name and without an age may be one', () => {
    expect(screened({ ...told, description: 'Small, red coat' }).act(redirect, 'fred')).toBe('RCRP_BARRED');
  });
  it('an adult who is known to be one may be redirected, with why the threshold is not met', () => {
    const desk = screened({ ...told, givenName: 'Sam', familyName: 'Sample', age: '44' });
    expect(desk.act({ ...redirect, threshold: ' ' }, 'fred')).toBe('REASON_REQUIRED');
    expect(desk.act(redirect, 'fred')).toBe('accepted');
  });
});

describe('F5: nightfall', () => {
  const dementia = { form: { age: '81', worries: 'She has dementia and left the garden' }, factors: ['DEMENTIA'], level: 'MEDIUM' } as const;
  it('raises to HIGH at dusk where she was found in time for the two hours but not for the night', () => {
    const own = missingSettings.parse({ risk: { dementiaHours: 24 } });
    const desk = new Desk(noon, own);
    openCase(desk, dementia);
    desk.to('2026-07-01T21:00:00.000Z');
    expect(desk.level).toBe('MEDIUM');
    desk.to('2026-07-01T22:30:00.000Z');
    expect([desk.level, desk.record.risk?.floor.rules.map(({ rule }) => rule)]).toEqual(['HIGH', expect.arrayContaining(['F5'])]);
  });
});

describe('tasks go with the role', () => {
  it('what nobody has begun is the next shift\'s; what somebody has begun stays theirs', () => {
    const desk = new Desk(noon);
    openCase(desk, { level: 'MEDIUM' });
    confirmed(desk, 'MEDIUM', 'sita');
    const ownerOf = (taskId: string): string | undefined => desk.record.tasks.find(task => task.taskId === taskId)?.ownerUserId;
    const [begun, ...waiting] = desk.record.tasks.filter(({ ownerUserId, state }) => ownerUserId === 'oscar' && state === 'TODO').map(({ taskId }) => taskId);
    desk.must({ do: 'StartTask', taskId: begun ?? 'none' }, 'oscar');
    desk.people = { ...people, OIC: 'officer-of-the-night' };
    desk.must({ do: 'AddInformation', text: 'Nothing new from the friends.', isRestricted: true }, 'abby');
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.map(ownerOf)).toEqual(waiting.map(() => 'officer-of-the-night'));
    expect(ownerOf(begun ?? '')).toBe('oscar');
  });
});

describe('the plan for the next time (15.2 item 29)', () => {
  const plan: Extract<Act, { do: 'WriteTriggerPlan' }> = { do: 'WriteTriggerPlan', state: 'AGREED', firstActions: [{ text: 'Ring her brother', ownerRole: 'ATTENDING', withinMinutes: 20, place: 'Crewe' }], places: [], contacts: [], agreedWith: ['Cheshire East'], agreedOn: '2026-07-01', reviewOn: '2026-10-01' };
  it('is written in one episode and opens its tasks in the next, by its own times', () => {
    const first = new Desk(noon);
    openCase(first, { level: 'MEDIUM' });
    expect(first.act({ ...plan, agreedWith: [] }, 'oscar')).toBe('FIELD_INVALID');
    expect(first.act(plan, 'cora')).toBe('ROLE_DENIED');
    first.must(plan, 'mo');
    first.must({ ...plan, doNot: 'Do not ring her father.' }, 'mo');
    expect(first.record.tasks.some(({ templateId }) => templateId === 'TP')).toBe(false);
    const { triggerPlan } = first.record;
    expect(triggerPlan).toMatchObject({ version: 2, state: 'AGREED', doNot: 'Do not ring her father.' });
    const second = new Desk('2026-08-01T12:00:00.000Z');
    if (triggerPlan) second.looked = { triggerPlan };
    openCase(second, { level: 'MEDIUM' });
    expect(second.record.tasks.filter(({ templateId }) => templateId === 'TP').map(({ title, dueAt }) => [title, dueAt])).toEqual([['Ring her brother (Crewe)', '2026-08-01T12:20:00.000Z']]);
  });
});
