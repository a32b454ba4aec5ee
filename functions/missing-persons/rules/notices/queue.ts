import { fail, unless } from '../machine/moment.ts';
import type { FlagCode, Failure, Role } from '../terms.ts';
import { checkRecipient, type Recipient } from '../partners/recipients.ts';
import { allowedFields, isOutward, rowOf, wordingOf } from './lookup.ts';
import { isPublicity, mayBeToldNow } from './maySend.ts';
import { basisRecord, type BasisRecord, type Notice } from './notice.ts';
import type { Payload } from './payload.ts';
import { noticeSettings, type NoticeSettings } from './settings.ts';
import type { Situation } from './situation.ts';
import { isElectronic, type NoticeNumber, type Variant } from './words.ts';

/** One message that somebody or the system wants to send. The payload is built before; `payloadHash` is taken over `payloadText`. */
export interface Asked {
  readonly noticeId: string;
  readonly n: NoticeNumber;
  readonly variant: Variant;
  readonly to: Recipient;
  readonly basis?: BasisRecord;
  readonly payload: Payload;
  readonly payloadHash: string;
  readonly dueAt: string;
}

/** What the record says that bears on the sending. */
export interface Bearing {
  readonly situation: Situation;
  readonly isUnder18: boolean;
  readonly flags: readonly FlagCode[];
  /** The consent that a basis of CONSENT leans on. */
  readonly consent: 'YES' | 'NO' | 'NOT_KNOWN';
  /** N15 after "found": the adult agrees that the informant is told that they are found (I7 is about the place, which no message ever has). */
  readonly statusConsent: 'YES' | 'NO' | 'NOT_KNOWN';
  /** The informant is a suspect, or updates to them are restricted. */
  readonly isInformantRestricted: boolean;
  /** Areas of the host, the responsible and the placing authority. */
  readonly authorities: readonly string[];
  /** The organisation that runs the placement. */
  readonly placementOrganisationId?: string;
  /** Roles whose approval of this sending is recorded. */
  readonly approvals: readonly Role[];
  readonly settings?: NoticeSettings;
}

export type Queued = { readonly kind: 'queued'; readonly notice: Notice } | { readonly kind: 'refused'; readonly failures: readonly Failure[] };

/** A message in the outbox, or every reason why not (I6: a recorded lawful basis, the field allow-list and the recipient check; 6.2; 6.3). */
export function queueNotice(asked: Asked, bearing: Bearing): Queued {
  const failures = checkNotice(asked, bearing);
  if (failures.length > 0) return { kind: 'refused', failures };
  const { noticeId, n, variant, to, basis, payload, payloadHash, dueAt } = asked;
  const now = bearing.situation.now;
  return {
    kind: 'queued',
    notice: {
      noticeId, n, variant, recipientId: to.recipientId, kind: to.kind, channel: to.channel, ...(basis !== undefined && { basis }), fields: [...payload.fields], payloadHash, state: 'QUEUED', queuedAt: now, tries: 0, dueAt,
      ...(isElectronic(to.channel) && { nextTryAt: now }),
    },
  };
}

/** Every reason why a message may not be queued; empty when it may. */
function checkNotice(asked: Asked, bearing: Bearing): Failure[] {
  if (wordingOf(asked.n, asked.variant) === undefined) return [fail('FIELD_INVALID', '6.1', `${asked.n} cannot say this.`)];
  const { situation } = bearing;
  const told = mayBeToldNow({ n: asked.n, variant: asked.variant, kind: asked.to.kind, queuedAt: situation.now }, situation);
  return [
    ...(told.verdict !== 'SEND' && told.why !== undefined ? [told.why] : []),
    ...checkBasis(asked, bearing), ...checkTo(asked, bearing), ...checkFields(asked), ...checkRow(asked, bearing),
  ];
}

function checkBasis({ basis, to }: Asked, { consent, situation }: Bearing): Failure[] {
  if (basis === undefined) return unless(!isOutward(to.kind), 'LAWFUL_BASIS_MISSING', 'I6', 'Record the lawful basis of this message first.');
  const isOver = basis.expires !== undefined && Date.parse(basis.expires) <= Date.parse(situation.now);
  return [
    ...unless(basisRecord.safeParse(basis).success, 'LAWFUL_BASIS_MISSING', '6.3', 'The lawful basis is not complete: basis, purpose, why no less would do, who decided and when.'),
    ...unless(!isOver, 'LAWFUL_BASIS_MISSING', '6.3', 'The lawful basis has expired.'),
    ...unless(basis.basis !== 'CONSENT' || consent === 'YES', 'CONSENT_MISSING', '6.3', 'The basis is consent, and no consent is recorded.'),
  ];
}

function checkTo({ n, to }: Asked, { situation, authorities, placementOrganisationId, isInformantRestricted, settings = noticeSettings.parse({}) }: Bearing): Failure[] {
  const row = rowOf(n);
  const isAuthority = to.kind === 'LA_CHILDREN' || to.kind === 'LA_EDT' || to.kind === 'PLACING_LA';
  return [
    ...unless(row.recipients.includes(to.kind), 'RECIPIENT_NOT_ALLOWED', '6.2', `${n} does not go to a recipient of this kind.`),
    ...unless(row.channels.includes(to.channel), 'RECIPIENT_NOT_ALLOWED', '6.2', `${n} does not go by this channel.`),
    ...checkRecipient(to, situation.now, settings),
    ...unless(!isAuthority || authorities.includes(to.region), 'RECIPIENT_NOT_ALLOWED', '6.2', 'This authority is neither host, responsible nor placing authority of the case.'),
    ...unless(to.kind !== 'CARE_PROVIDER' || (placementOrganisationId !== undefined && to.organisationId === placementOrganisationId), 'RECIPIENT_NOT_ALLOWED', '6.2', 'This provider does not run the placement.'),
    ...unless(to.kind !== 'INFORMANT' || !isInformantRestricted, 'RECIPIENT_NOT_ALLOWED', '6.2', 'Updates to this informant are restricted.'),
  ];
}

function checkFields({ n, variant, to, payload }: Asked): Failure[] {
  const allowed = allowedFields(n, variant, to.kind);
  return [
    ...payload.fields.filter(name => !allowed.includes(name)).map(name => fail('FIELD_INVALID', '6.1', `${n} must not tell this recipient: ${name}.`)),
    ...unless(payload.n === n && payload.channel === to.channel, 'FIELD_INVALID', '6.1', 'The text was made for another notice or channel.'),
  ];
}

/** What single rows ask for: approvals, opt-outs, and the consent of an adult who was found. */
function checkRow(asked: Asked, bearing: Bearing): Failure[] {
  const { n, payload } = asked;
  const { approvals, isUnder18, statusConsent, situation } = bearing;
  const { approval } = rowOf(n);
  const tellsStatus = n === 'N15' && payload.fields.includes('caseStatus') && situation.stoppedAt !== undefined && !isUnder18;
  return [
    ...(approval === undefined ? [] : unless(approvals.includes(approval), 'GUARD_UNMET', '6.1', `${n} needs the approval of ${approval}.`)),
    ...unless(n !== 'N08' || isUnder18, 'RECIPIENT_NOT_ALLOWED', '6.1', 'Schools are told about children only.'),
    ...unless(!tellsStatus || statusConsent === 'YES', 'CONSENT_MISSING', 'N15', 'The adult has not agreed that the informant is told.'),
    ...(n === 'N09' && asked.variant === 'TEXTSAFE' ? checkTextSafe(asked, bearing) : []),
    ...(isPublicity(asked) ? checkPublicity(asked, bearing) : []),
  ];
}

const checkTextSafe = ({ payload }: Asked, { flags }: Bearing): Failure[] => [
  ...unless(!flags.includes('TEXTSAFE_OPTOUT'), 'CONSENT_MISSING', 'N09', 'The person does not want TextSafe.'),
  ...unless(payload.fields.includes('mobileNumber'), 'FIELD_INVALID', 'N09', 'TextSafe needs the mobile number.'),
];

const checkPublicity = ({ payload }: Asked, { flags }: Bearing): Failure[] => [
  ...unless(!flags.includes('NO_PUBLICITY'), 'PUBLICITY_UNANSWERED', '6.4', 'The record bars publicity.'),
  ...unless(payload.fields.includes('appealText'), 'PUBLICITY_UNANSWERED', '6.4', 'There is no approved text to publish.'),
];
