import { partKeys, type MissingRecord } from '../../state.ts';
import { plusMinutes } from '../machine/instants.ts';
import { fail, isFailed } from '../machine/moment.ts';
import { rowOf, wordingOf } from '../notices/lookup.ts';
import type { BasisRecord } from '../notices/notice.ts';
import { buildPayload, payloadText } from '../notices/payload.ts';
import { queueNotice, type Bearing } from '../notices/queue.ts';
import { isElectronic, type NoticeNumber, type RecipientKind, type Variant } from '../notices/words.ts';
import type { Recipient } from '../partners/recipients.ts';
import { isRestricted } from '../regions/contact.ts';
import type { Role } from '../terms.ts';
import { isUnder18, flagsOf } from './about.ts';
import { regionsOf } from './regionSlices.ts';
import { noticeFactsOf, situationOf } from './situation.ts';
import { change, named, note, owe, peopleOf, raise, withPart, type Moment, type Step, type Stepped } from './step.ts';

/** One message that is to leave. */
interface Sending { readonly n: NoticeNumber; readonly variant: Variant; readonly to: Recipient; readonly basis: BasisRecord; readonly dueAt: string; readonly approvals: readonly Role[]; readonly corrects?: readonly string[] }

/** Puts a message into the outbox, or says every reason why not (I6). Its text goes to a part of its own; the record keeps the names of the fields and the hash (6.2). */
export function queue(step: Step, { n, variant, to, basis, dueAt, approvals, corrects }: Sending, moment: Moment): Stepped {
  if (!wordingOf(n, variant)) return [fail('FIELD_INVALID', '6.1', `${n} cannot say this.`)];
  const { id: noticeId, step: next } = named(step, 'notice');
  const payload = buildPayload(n, noticeFactsOf(next.record, moment), { variant, kind: to.kind, channel: to.channel, isCorrection: corrects !== undefined });
  const text = payloadText(payload);
  const queued = queueNotice({ noticeId, n, variant, to, basis, payload, payloadHash: moment.sha256(text), dueAt }, bearingOf(next.record, to, { moment, approvals }));
  if (queued.kind === 'refused') return queued.failures;
  const stored = withPart(change(next, { notices: [...next.record.notices, { ...queued.notice, ...(corrects && { corrects: [...corrects] }) }] }), partKeys.payload(noticeId), { kind: 'payload', json: text });
  const noted = note(stored, 'NoticeQueued', 'none', { notice: n, to: to.recipientId.slice(0, 80) });
  return isElectronic(to.channel) ? owe(noted, 'notice', noticeId) : noted;
}

interface About { readonly n: NoticeNumber; readonly variant: Variant; readonly kind: RecipientKind; readonly region?: string }

/** A message that follows from a decision. When it cannot be queued the owner tells them by telephone: nothing is lost in silence. */
export function queueFor(step: Step, { n, variant, kind, region }: About, moment: Moment): Step {
  const to = kind === 'PUBLIC' ? publicRecipient : moment.settings.recipients.find(one => one.kind === kind && (region === undefined || one.region.toLowerCase() === region.trim().toLowerCase()) && rowOf(n).channels.includes(one.channel));
  const basis: BasisRecord = { basis: rowOf(n).basis, purpose: rowOf(n).title, minimumNecessary: `The fields that ${n} allows.`, decidedBy: moment.by, at: moment.now };
  const queued = to && queue(step, { n, variant, to, basis, dueAt: plusMinutes(moment.now, 60), approvals: approvalsOf(step.record) }, moment);
  if (queued && !isFailed(queued)) return queued;
  return raise(step, moment.now, { kind: 'NOTICE_FAILED', to: peopleOf(['OWNER'], step.record, moment.people), title: `Tell them by telephone: ${rowOf(n).title}`, about: `${n}-${region ?? kind}`.slice(0, 100), isUrgent: true });
}

/** Whoever sees the appeal; nobody's address. */
export const publicRecipient: Recipient = { recipientId: 'public', kind: 'PUBLIC', name: 'The public', channel: 'PHONE_LOG', address: '101', owner: 'media', region: 'UK' };

/** An informant of this case, by telephone. */
export function informantRecipient({ casefile }: Pick<MissingRecord, 'casefile'>, recipientId: string): Recipient | undefined {
  const found = casefile.informants.find(one => one.id === recipientId);
  return found && { recipientId, kind: 'INFORMANT', name: found.name ?? 'Informant', channel: 'PHONE_LOG', address: found.phone ?? '101', owner: 'case', region: 'case' };
}

/** The inspector's approval of an appeal is on its region (6.4). */
export function approvalsOf(record: Pick<MissingRecord, 'regions'>): Role[] {
  return ['APPROVED', 'LIVE'].includes(regionsOf(record).publicity.state) ? ['INSP'] : [];
}

function bearingOf(record: MissingRecord, to: Recipient, { moment, approvals }: { readonly moment: Moment; readonly approvals: readonly Role[] }): Bearing {
  const { now, settings } = moment;
  const { contacts, consents } = regionsOf(record);
  const consent = (about: (typeof consents)[number]['about']) => consents.findLast(item => item.about === about)?.answer ?? 'NOT_KNOWN';
  const placement = placementOrganisation(record, settings);
  const isRestrictedByFile = record.casefile.informants.some(one => one.id === to.recipientId && one.areUpdatesRestricted === true);
  return {
    situation: situationOf(record, now, settings), isUnder18: isUnder18(record, now, settings), flags: flagsOf(record), consent: consent('SHARING'), statusConsent: consent('STATUS'),
    isInformantRestricted: isRestrictedByFile || isRestricted(contacts, to.recipientId), authorities: authoritiesOf(record, settings), ...(placement !== undefined && { placementOrganisationId: placement }), approvals, settings: settings.notices,
  };
}

/** Host, responsible and placing authority. While none is recorded the officer picks among the force's own. */
function authoritiesOf({ person, regions }: Pick<MissingRecord, 'person' | 'regions'>, { notices: { las } }: Moment['settings']): string[] {
  const named = [person.care?.laResponsible, person.care?.laPlaced, ...(regions?.rhi?.referrals ?? []).map(({ authority }) => authority)].flatMap(name => name ?? []);
  return named.length > 0 ? [...new Set(named)] : las;
}

function placementOrganisation({ person, report }: MissingRecord, { organisations }: Moment['settings']): string | undefined {
  const providerId = person.care?.placementProviderId;
  return organisations.find(one => providerId !== undefined && one.providerIds.includes(providerId))?.organisationId ?? report.organisationId;
}
