import { createHash } from 'node:crypto';
import { noticeFacts, type NoticeFacts } from '../../../functions/missing-persons/rules/notices/facts.ts';
import { rowOf } from '../../../functions/missing-persons/rules/notices/lookup.ts';
import type { BasisRecord, Notice } from '../../../functions/missing-persons/rules/notices/notice.ts';
import { buildPayload, payloadText } from '../../../functions/missing-persons/rules/notices/payload.ts';
import { queueNotice, type Asked, type Bearing } from '../../../functions/missing-persons/rules/notices/queue.ts';
import type { Situation } from '../../../functions/missing-persons/rules/notices/situation.ts';
import type { Channel, NoticeNumber, RecipientKind, Variant } from '../../../functions/missing-persons/rules/notices/words.ts';
import type { Recipient } from '../../../functions/missing-persons/rules/partners/recipients.ts';

export const at = (minutes: number): string => new Date(Date.parse('2026-11-25T02:00:00.000Z') + minutes * 60_000).toISOString();
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
export const basis: BasisRecord = { basis: 'SAFEGUARDING', purpose: 'Find a missing child.', minimumNecessary: 'Identity and last seen only.', decidedBy: 'officer.one', at: at(-10) };
export const active: Situation = { now: at(0), state: 'ACTIVE', isDeceased: false, isPublicityAllowed: true, isHoldAgreed: false };
export const bearing: Bearing = {
  situation: active, isUnder18: true, flags: [], consent: 'NOT_KNOWN', statusConsent: 'NOT_KNOWN', isInformantRestricted: false, authorities: ['Halton'], placementOrganisationId: 'org.provider', approvals: [],
};
export const facts = (changes: Partial<NoticeFacts> = {}): NoticeFacts => noticeFacts.parse({ caseRef: 'MP/CHS/2026/000123', isUnder18: true, caseStatus: 'MISSING', fullName: 'Ella Sample', ...changes });

const addresses: Readonly<Record<Channel, string>> = { PHONE_LOG: '01632 960100', SECURE_MAIL: 'box@example.com', PORTAL: 'org', TEAMS: 'channel', NOTIFY_EMAIL: 'mail@example.com', NOTIFY_SMS: '+447700900001' };
export function recipientOf(kind: RecipientKind, channel: Channel, changes: Partial<Recipient> = {}): Recipient {
  return { recipientId: `${kind}.${channel}`, kind, name: `A ${kind}`, channel, address: addresses[channel], owner: 'coordinator', lastVerifiedOn: '2026-11-01', region: 'Halton', organisationId: 'org.provider', ...changes };
}

export interface Wanted {
  readonly n: NoticeNumber;
  readonly variant?: Variant;
  readonly kind: RecipientKind;
  readonly channel: Channel;
  readonly noticeId?: string;
  readonly facts?: Partial<NoticeFacts>;
  readonly asked?: Partial<Asked>;
  readonly to?: Partial<Recipient>;
}

export function askedOf({ n, variant = 'MISSING', kind, channel, noticeId = `${n}.${kind}`, facts: changes = {}, asked = {}, to = {} }: Wanted): Asked {
  const payload = buildPayload(n, facts(changes), { variant, kind, channel });
  return { noticeId, n, variant, to: recipientOf(kind, channel, to), basis, payload, payloadHash: hashOf(payloadText(payload)), dueAt: at(30), ...asked };
}

/** A notice in the outbox, queued by the law itself. */
export function queuedOf(wanted: Wanted, changes: Partial<Bearing> = {}): Notice {
  const approval = rowOf(wanted.n).approval;
  const made = queueNotice(askedOf(wanted), { ...bearing, approvals: approval ? [approval] : [], ...changes });
  if (made.kind === 'refused') throw new Error(JSON.stringify(made.failures));
  return made.notice;
}
