import type { Act } from '../../../functions/missing-persons/rules/bodies/all.ts';
import { cheshireDirectory } from '../../../functions/missing-persons/rules/partners/cheshire.ts';
import { checklist } from '../../../functions/missing-persons/rules/regions/checklist.ts';
import { missingSettings } from '../../../functions/missing-persons/rules/settings.ts';
import { Desk } from './desk.ts';
import { confirmed, openCase } from './support.ts';

export const start = '2026-11-24T01:00:00.000Z';
export const own = missingSettings.parse({ recipients: cheshireDirectory('2026-11-01') });
export const child = { age: '14', givenName: 'Ella', familyName: 'Example', informantName: 'Pat Example', informantPhone: '01632 960002' } as const;

/** A girl of 14 at HIGH, confirmed, with the directory of Cheshire. */
export function highChild(): Desk {
  const desk = new Desk(start, own);
  openCase(desk, { form: child, level: 'HIGH', factors: ['SUICIDE_INTENT'] });
  confirmed(desk, 'HIGH', 'ivan');
  return desk;
}

export const basis = { basis: 'SAFEGUARDING', purpose: 'To find a child at risk', minimumNecessary: 'First name, age and clothing only' } as const;

export const appeal: Extract<Act, { do: 'ProposePublicity' }> = {
  do: 'ProposePublicity', text: 'Have you seen Ella, 14? Blue coat, last seen in Chester. Ring 101 with the reference, or 116 000.', channels: [{ channel: 'force-site', control: 'FORCE' }, { channel: 'missing-people', control: 'CHARITY' }], photoId: 'photo-1',
  answers: checklist.map(({ code, good }) => ({ code, answer: good })), ...basis,
};

export function approved(desk: Desk): void {
  desk.must(appeal, 'sita');
  desk.must({ do: 'ApprovePublicity', decision: 'APPROVE' }, 'ivan');
}

export const ukmpu = { do: 'QueueNotice', n: 'N02', variant: 'MISSING', recipientId: 'ukmpu.mail', ...basis, basis: 'LAW_ENFORCEMENT_PART3' } as const;

export function seen(desk: Desk, more: Partial<Extract<Act, { do: 'VerifyLocated' }>> = {}): void {
  desk.must({ do: 'VerifyLocated', method: 'SEEN_BY_POLICE', identityCheck: 'Photograph and date of birth', wellBeing: 'WELL', locatedAt: desk.now, place: '4 Hidden Lane', condition: 'Cold and tired', returnedAt: desk.now, returnPlace: 'HOME', ...more }, 'abby');
}

/** Messages that would still leave, but for stand-downs. */
export const waiting = (desk: Desk): string[] => desk.record.notices.filter(one => (one.state === 'QUEUED' || one.state === 'HELD') && one.n !== 'N17').map(one => one.n);
export const regionsOfDesk = (desk: Desk) => desk.record.regions ?? {};
