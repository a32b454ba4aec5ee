import type { FlagCode, Failure, Role } from '../terms.ts';
import { checkRecipient, type Recipient } from '../partners/recipients.ts';
import { allowedFields, isOutward, rowOf, wordingOf } from './lookup.ts';
import { isPublicity, mayBeToldNow } from './maySend.ts';
import { basisRecord, type BasisRecord, type Notice } from './notice.ts';
import type { Payload } from './payload.ts';
import { noticeSettings, type NoticeSettings } from './settings.ts';
import type { Situation } from './situation.ts';
import { when } from './when.ts';
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
export function checkNotice(asked: Asked, bearing: Bearing): Failure[] {
  if (wordingOf(asked.n, asked.variant) === undefined) return [{ code: 'FIELD_INVALID', why: `${asked.n} cannot say this.`, rule: '6.1' }];
  const { situation } = bearing;
  const told = mayBeToldNow({ n: asked.n, variant: asked.variant, kind: asked.to.kind, queuedAt: situation.now }, situation);
  return [
    ...(told.verdict !== 'SEND' && told.why !== undefined ? [told.why] : []),
    ...checkBasis(asked, bearing), ...checkTo(asked, bearing), ...checkFields(asked), ...checkRow(asked, bearing),
  ];
}

function checkBasis({ basis, to }: Asked, { consent, situation }: Bearing): Failure[] {
  if (basis === undefined) return when(isOutward(to.kind), 'LAWFUL_BASIS_MISSING', 'Record the lawful basis of this message first.', 'I6');
  const isOver = basis.expires !== undefined && Date.parse(basis.expires) <= Date.parse(situation.now);
  return [
    ...when(!basisRecord.safeParse(basis).success, 'LAWFUL_BASIS_MISSING', 'The lawful basis is not complete: basis, purpose, why no less would do, who decided and when.', '6.3'),
    ...when(isOver, 'LAWFUL_BASIS_MISSING', 'The lawful basis has expired.', '6.3'),
    ...when(basis.basis === 'CONSENT' && consent !== 'YES', 'CONSENT_MISSING', 'The basis is consent, and no consent is recorded.', '6.3'),
  ];
}

function checkTo({ n, to }: Asked, { situation, authorities, placementOrganisationId, isInformantRestricted, settings = noticeSettings.parse({}) }: Bearing): Failure[] {
  const row = rowOf(n);
  const isAuthority = to.kind === 'LA_CHILDREN' || to.kind === 'LA_EDT' || to.kind === 'PLACING_LA';
  return [
    ...when(!row.recipients.includes(to.kind), 'RECIPIENT_NOT_ALLOWED', `${n} does not go to a recipient of this kind.`, '6.2'),
    ...when(!row.channels.includes(to.channel), 'RECIPIENT_NOT_ALLOWED', `${n} does not go by this channel.`, '6.2'),
    ...checkRecipient(to, situation.now, settings),
    ...when(isAuthority && !authorities.includes(to.region), 'RECIPIENT_NOT_ALLOWED', 'This authority is neither host, responsible nor placing authority of the case.', '6.2'),
    ...when(to.kind === 'CARE_PROVIDER' && (placementOrganisationId === undefined || to.organisationId !== placementOrganisationId), 'RECIPIENT_NOT_ALLOWED', 'This provider does not run the placement.', '6.2'),
    ...when(to.kind === 'INFORMANT' && isInformantRestricted, 'RECIPIENT_NOT_ALLOWED', 'Updates to this informant are restricted.', '6.2'),
  ];
}

function checkFields({ n, variant, to, payload }: Asked): Failure[] {
  const allowed = allowedFields(n, variant, to.kind);
  return [
    ...payload.fields.filter(name => !allowed.includes(name)).flatMap(name => when(true, 'FIELD_INVALID', `${n} must not tell this recipient: ${name}.`, '6.1')),
    ...when(payload.n !== n || payload.channel !== to.channel, 'FIELD_INVALID', 'The text was made for another notice or channel.', '6.1'),
  ];
}

/** What single rows ask for: approvals, opt-outs, and the consent of an adult who was found. */
function checkRow(asked: Asked, bearing: Bearing): Failure[] {
  const { n, payload } = asked;
  const { approvals, isUnder18, statusConsent, situation } = bearing;
  const { approval } = rowOf(n);
  const tellsStatus = n === 'N15' && payload.fields.includes('caseStatus') && situation.stoppedAt !== undefined && !isUnder18;
  return [
    ...(approval === undefined ? [] : when(!approvals.includes(approval), 'GUARD_UNMET', `${n} needs the approval of ${approval}.`, '6.1')),
    ...when(n === 'N08' && !isUnder18, 'RECIPIENT_NOT_ALLOWED', 'Schools are told about children only.', '6.1'),
    ...when(tellsStatus && statusConsent !== 'YES', 'CONSENT_MISSING', 'The adult has not agreed that the informant is told.', 'N15'),
    ...(n === 'N09' && asked.variant === 'TEXTSAFE' ? checkTextSafe(asked, bearing) : []),
    ...(isPublicity(asked) ? checkPublicity(asked, bearing) : []),
  ];
}

const checkTextSafe = ({ payload }: Asked, { flags }: Bearing): Failure[] => [
  ...when(flags.includes('TEXTSAFE_OPTOUT'), 'CONSENT_MISSING', 'The person does not want TextSafe.', 'N09'),
  ...when(!payload.fields.includes('mobileNumber'), 'FIELD_INVALID', 'TextSafe needs the mobile number.', 'N09'),
];

const checkPublicity = ({ payload }: Asked, { flags }: Bearing): Failure[] => [
  ...when(flags.includes('NO_PUBLICITY'), 'PUBLICITY_UNANSWERED', 'The record bars publicity.', '6.4'),
  ...when(!payload.fields.includes('appealText'), 'PUBLICITY_UNANSWERED', 'There is no approved text to publish.', '6.4'),
];
