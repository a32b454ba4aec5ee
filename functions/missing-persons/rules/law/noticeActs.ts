import type { MissingRecord } from '../../state.ts';
import { fail, isFailed, type Actor } from '../machine/moment.ts';
import { acknowledged, checkAck } from '../notices/progress.ts';
import { settleStandDowns } from '../notices/standDown.ts';
import { mayHaveLeft } from '../notices/notice.ts';
import { checkSubmission, type UkmpuFile } from '../notices/ukmpu/submission.ts';
import { noticeNumber, variant as variantWord } from '../notices/words.ts';
import { organisationOf } from '../partners/organisations.ts';
import { decideRhi } from '../regions/rhi.ts';
import { partnerRoles } from '../terms.ts';
import { plusMinutes, utc } from '../machine/instants.ts';
import { approvalsOf, informantRecipient, publicRecipient, queue } from './noticeQueue.ts';
import type { NoticeAct, RegionActOf } from './regionActs.ts';
import { ukmpuRowOf } from './regionFacts.ts';
import { regionsOf } from './regionSlices.ts';
import { taken } from './regionWants.ts';
import { rhiFacts } from './returnActs.ts';
import { begin, change, note, type Moment, type Step, type Stepped } from './step.ts';

/** Messages to others: asked for by a person, and acknowledged by one there (6.2: "sent" is not "told"). */
export function noticeActs(record: MissingRecord, act: NoticeAct, moment: Moment): Stepped {
  return act.do === 'QueueNotice' ? queueAsked(record, act, moment) : acknowledge(record, act, moment);
}

function queueAsked(record: MissingRecord, act: RegionActOf<'QueueNotice'>, moment: Moment): Stepped {
  const { now, actor, settings } = moment;
  const n = noticeNumber.safeParse(act.n);
  const variant = variantWord.safeParse(act.variant);
  const to = act.recipientId === 'public' ? publicRecipient : informantRecipient(record, act.recipientId) ?? settings.recipients.find(one => one.recipientId === act.recipientId);
  if (!n.success || !variant.success) return [fail('FIELD_INVALID', '6.1', 'There is no such notice.')];
  if (!to) return [fail('RECIPIENT_NOT_ALLOWED', '6.2', 'This recipient is neither in the directory nor on the case.')];
  const wrong = n.data === 'N02' ? checkSubmission(ukmpuRowOf(record, settings), filesOf(record)) : [];
  if (wrong.length > 0) return wrong;
  const basis = basisOf(act, moment);
  const isAgreed = act.isAgreedByInspector === true && actor.roles.includes('INSP') && n.data !== 'N16';
  const dueAt = act.dueAt === undefined ? plusMinutes(now, 60) : utc(act.dueAt);
  return queue(begin(record), { n: n.data, variant: variant.data, to, basis, dueAt, approvals: isAgreed ? ['INSP'] : approvalsOf(record).filter(() => n.data === 'N16') }, moment);
}

function basisOf({ basis, purpose, minimumNecessary, expires }: RegionActOf<'QueueNotice'>, { by, now }: Moment) {
  return { basis, purpose, minimumNecessary, decidedBy: by, at: now, ...(expires !== undefined && { expires: utc(expires) }) };
}

/** What the UKMPU has of this case already (9.3): a second hand-over is an UPDATE of the first. */
function filesOf(record: MissingRecord): UkmpuFile[] {
  return record.notices.filter(one => one.n === 'N02' && mayHaveLeft(one)).map(one => ({ fileHash: one.payloadHash, rows: 1, caseRefs: [record.file?.caseRef ?? record.recordId.slice(0, 40)], submission: 'NEW', by: one.basis?.decidedBy ?? record.owner.userId, at: one.queuedAt }));
}

const isPartner = ({ roles }: Actor): boolean => roles.some(role => partnerRoles.has(role));

function acknowledge(record: MissingRecord, act: RegionActOf<'AckNotice'>, moment: Moment): Stepped {
  const notice = record.notices.find(one => one.noticeId === act.noticeId);
  if (!notice) return [fail('NOT_FOUND', '6.2', 'There is no such message.')];
  if (isPartner(moment.actor) && act.how !== 'PORTAL') return [fail('ROLE_DENIED', '6.2', 'A telephone call is logged by the police.')];
  if (isPartner(moment.actor) && !isTheirs(notice.recipientId, moment)) return [fail('NOT_FOUND', '6.2', 'There is no such message.')];
  const ack = { by: act.ackBy, at: utc(act.at), how: act.how };
  const failures = checkAck(notice, ack, moment.now);
  if (failures.length > 0) return failures;
  const notices = settleStandDowns(record.notices.map(one => (one === notice ? acknowledged(one, ack) : one)));
  const step = note(change(begin(record), { notices }), 'NoticeAcknowledged', act.how === 'PHONE_LOG' && notice.sentAt === undefined ? 'disclosure' : 'none', { notice: notice.n });
  return notice.variant === 'RHI_REFERRAL' ? referralKnown(step, { recipientId: notice.recipientId, ...ack }, moment) : step;
}

/** A partner acknowledges what was sent to its own organisation, and learns of nothing else. */
function isTheirs(recipientId: string, { by, settings }: Moment): boolean {
  const organisation = organisationOf(settings.organisations, { objectId: by });
  return organisation !== undefined && settings.recipients.some(one => one.recipientId === recipientId && one.organisationId === organisation.organisationId);
}

/** The authority knows of the referral (RH4). That its interview is recorded already, or that it answers twice, keeps no acknowledgement from being kept. */
function referralKnown(step: Step, { recipientId, by, how }: { readonly recipientId: string; readonly by: string; readonly how: 'PORTAL' | 'PHONE_LOG' }, moment: Moment): Step {
  const authority = moment.settings.recipients.find(one => one.recipientId === recipientId)?.region;
  if (authority === undefined) return step;
  const decided = decideRhi(regionsOf(step.record).rhi, { do: 'AcknowledgeRHI', authority, person: by, how: how === 'PORTAL' && isPartner(moment.actor) ? 'PARTNER' : 'PHONE_LOG' }, rhiFacts(step.record, moment), moment.actor);
  return isFailed(decided) ? step : taken(step, { rhi: decided.slice }, decided, moment);
}
