import { readInstant } from '../clock/localInput.ts';
import { must, wrong, type FieldFailure } from '../person/fieldFailure.ts';
import { lengths, scrubbed } from '../person/text.ts';
import { asksOf, asWritten, isEmpty, minimumFailures, phoneOf, readSaid, type Said } from './readReport.ts';
import { instantIn, type Times } from './readParts.ts';
import type { Intake } from './report.ts';
import type { AnyForm, CallForm, CareForm, PublicForm, TransferForm } from './reportFields.ts';

export interface Taking {
  /** The server's clock. */
  readonly now: string;
  /** The submission as it came, to the letter. */
  readonly raw: string;
}

export type Taken =
  | { readonly kind: 'received'; readonly intake: Intake }
  /** `maySendAsItIs`: the page shows its second button (15.4). */
  | { readonly kind: 'mend'; readonly failures: readonly FieldFailure[]; readonly maySendAsItIs: boolean };

/** The page of the public (R1, 15.4): errors are shown once, and then it is received as it is, with what is wrong flagged. Missing optional data never blocks. */
export function takePublicReport(form: PublicForm, taking: Taking): Taken {
  return onPage('PUBLIC_WEB', form, taking);
}

/** The same page for a signed-in provider. `organisationId` is theirs by their sign-in. */
export function takeCareReport(form: CareForm, taking: Taking & { readonly organisationId: string }): Taken {
  const worker = phoneOf('socialWorkerPhone', form.socialWorkerPhone);
  return onPage('CARE_PROVIDER', form, taking, { care: careOf(form, taking.organisationId, worker.value), failures: worker.failures });
}

type Source = Intake['source'];
interface More {
  readonly care?: Intake['care'];
  readonly call?: Intake['call'];
  readonly transfer?: Intake['transfer'];
  readonly failures?: readonly FieldFailure[];
}

function onPage(source: Source, form: PublicForm & AnyForm, taking: Taking, more: More = {}): Taken {
  const times = { now: taking.now, reportedAt: taking.now };
  const { said, failures } = readSaid(form, times);
  const all = inFormOrder([...minimumFailures(form), ...failures, ...more.failures ?? []]);
  const isAsItIs = form.asItIs === 'yes' && !isEmpty(form);
  if (all.length > 0 && !isAsItIs) return { kind: 'mend', failures: all, maySendAsItIs: !isEmpty(form) };
  return received(source, { said, form, failures: all, isAsItIs }, taking, { times, more });
}

/**
 * A call (R1): T_REPORTED is when it began, not later than now and not more than 60 minutes ago without a reason. The handler can ask again, so nothing is sent as it is; what the
 * caller does not know is said.
 */
export function takeCall(form: CallForm, taking: Taking & { readonly handler: string }): Taken {
  const start = instantIn(readInstant(scrubbed(form.callStartedAt), { now: taking.now }), 'callStartedAt');
  const startedAt = start.value ?? taking.now;
  const callback = phoneOf('callbackNumber', form.callbackNumber);
  const startReason = cut(form.callStartReason, lengths.long);
  const call = { channel: form.channel, startedAt, handler: taking.handler, ...(startReason !== undefined && { startReason }), ...(callback.value !== undefined && { callbackNumber: callback.value }) };
  const failures = [...start.failures, ...startFailures(startedAt, startReason, taking.now), ...callback.failures];
  return asked('CALL_HANDLER', form, { ...taking, reportedAt: startedAt }, { call, failures });
}

const CALL_MINUTES = 60;

function startFailures(startedAt: string, reason: string | undefined, now: string): FieldFailure[] {
  const minutes = (Date.parse(now) - Date.parse(startedAt)) / 60_000;
  return [
    ...must(minutes >= 0, 'callStartedAt', 'The call cannot have begun later than now.', 'R1', 'TIME_IN_FUTURE'),
    ...must(minutes <= CALL_MINUTES || reason !== undefined, 'callStartReason', 'The call began more than 60 minutes ago: say why it is entered only now.', 'R1', 'REASON_REQUIRED'),
  ];
}

/** R11 (15.1 item 22): received from another force; T_REPORTED stays the original however long ago it was. */
export function takeTransfer(form: TransferForm, taking: Taking): Taken {
  const start = instantIn(readInstant(scrubbed(form.reportedAt), { now: taking.now }), 'reportedAt');
  const [fromForce, theirRef, acknowledgementId] = [form.fromForce, form.theirRef, form.acknowledgementId].map(raw => cut(raw, lengths.short) ?? '');
  const transfer = { fromForce: fromForce ?? '', theirRef: theirRef ?? '', acknowledgementId: acknowledgementId ?? '' };
  const failures = [...start.failures, ...Object.entries(transfer).flatMap(([field, value]) => must(value !== '', field, 'This is needed to take a case over from another force.', 'R11'))];
  return asked('TRANSFER_IN', form, { ...taking, reportedAt: start.value ?? taking.now }, { transfer, failures });
}

function asked(source: Source, form: AnyForm, taking: Taking & { readonly reportedAt: string }, more: More): Taken {
  const times = { now: taking.now, reportedAt: taking.reportedAt };
  const { said, failures } = readSaid(form, times);
  const all = inFormOrder([...minimumFailures(form), ...failures, ...more.failures ?? []]);
  if (all.length > 0) return { kind: 'mend', failures: all, maySendAsItIs: false };
  return received(source, { said, form, failures: all, isAsItIs: false }, taking, { times, more });
}

interface Sent {
  readonly said: Said;
  readonly form: AnyForm;
  readonly failures: readonly FieldFailure[];
  readonly isAsItIs: boolean;
}

function received(source: Source, { said, form, failures, isAsItIs }: Sent, { now, raw }: Taking, { times, more: { care, call, transfer } }: { readonly times: Times; readonly more: More }): Taken {
  // An age is asked for in the record of the person and never holds a report up (S06).
  const age = must(said.dob !== undefined, 'dob', 'Neither a date of birth nor an age was given.', '3.2', 'AGE_REQUIRED');
  const flagged = [...failures, ...failures.some(({ field }) => field === 'dob' || field === 'age') ? [] : age];
  const intake: Intake = {
    ...said, source, reportedAt: times.reportedAt, receivedAt: now, raw, isAsItIs, flagged: flagged.map(({ field, code, why, rule }) => ({ field, code, why, rule })), asWritten: asWritten(form, failures), asks: asksOf(said, care),
    ...(care && { care }), ...(call && { call }), ...(transfer && { transfer }),
  };
  return { kind: 'received', intake };
}

function careOf(form: CareForm, organisationId: string, socialWorkerPhone: string | undefined): NonNullable<Intake['care']> {
  const short = { placementName: form.placementName, laResponsible: form.laResponsible, legalStatus: form.legalStatus, curfew: form.curfew, socialWorkerName: form.socialWorkerName };
  const long = { part1: form.part1, belongings: form.belongings, mood: form.mood };
  const kept = (fields: Readonly<Record<string, string | undefined>>, max: number) => Object.fromEntries(Object.entries(fields).flatMap(([name, raw]) => {
    const value = cut(raw, max);
    return value === undefined ? [] : [[name, value]];
  }));
  return {
    organisationId, hasPart1: form.hasPart1 ?? 'NOT_KNOWN', ...(form.missingFrom !== undefined && { missingFrom: form.missingFrom }), ...(socialWorkerPhone !== undefined && { socialWorkerPhone }),
    ...kept(short, lengths.short), ...kept(long, lengths.long),
  };
}

function cut(raw: string | undefined, max: number): string | undefined {
  const text = scrubbed(raw ?? '').slice(0, max);
  return text === '' ? undefined : text;
}

/** As the page asks, so that the list of errors leads down it. */
const order = [
  'callStartedAt', 'callStartReason', 'reportedAt', 'fromForce', 'theirRef', 'acknowledgementId', 'givenName', 'familyName', 'knownAs', 'dob', 'age', 'description', 'missingPhone', 'homeAddress', 'lastSeenPlace', 'lastSeen', 'lastSeenTime', 'lastSeenFrom', 'lastSeenTo',
  'clothing', 'withWhom', 'worries', 'doneSoFar', 'medical', 'socialWorkerPhone', 'informantName', 'informantRelation', 'informantPhone', 'informantEmail', 'callbackNumber', 'incidentRef',
];

function inFormOrder(failures: readonly FieldFailure[]): FieldFailure[] {
  return failures.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

/** A file that was sent with a report and cannot be taken: the report goes on without it, and the edge says 415 of the file alone (S06). */
export function flagFile(intake: Intake, failures: readonly FieldFailure[]): Intake {
  return { ...intake, flagged: [...intake.flagged, ...failures.map(({ field, code, why, rule }) => ({ field, code, why, rule }))] };
}

/** What an officer is asked to confirm when a place was said to be known: R5 needs a certain address. */
export function concernFailures(concern: { readonly address: string; readonly reason: string }): FieldFailure[] {
  return [
    ...must(scrubbed(concern.address) !== '', 'address', 'A concern for welfare needs the address at which the person is believed to be.', 'R5'),
    ...scrubbed(concern.reason) === '' ? [wrong('reason', 'Say why the person is believed to be there.', 'R5', 'REASON_REQUIRED')] : [],
  ];
}
