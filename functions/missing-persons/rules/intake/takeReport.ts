import { present } from '../../../../shared/domain/present.ts';
import { readInstant } from '../clock/localInput.ts';
import { must, type FieldFailure } from '../person/fieldFailure.ts';
import { cut, lengths, scrubbed } from '../person/text.ts';
import { asksOf, asWritten, isEmpty, minimumFailures, phoneOf, readSaid } from './readReport.ts';
import { instantIn } from './readParts.ts';
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
  return taken('PUBLIC_WEB', form, taking);
}

/** The same page for a signed-in provider. `organisationId` is theirs by their sign-in. */
export function takeCareReport(form: CareForm, taking: Taking & { readonly organisationId: string }): Taken {
  const worker = phoneOf('socialWorkerPhone', form.socialWorkerPhone);
  return taken('CARE_PROVIDER', form, taking, { care: careOf(form, taking.organisationId, worker.value), failures: worker.failures });
}

type Source = Intake['source'];
interface More {
  readonly care?: Intake['care'];
  readonly call?: Intake['call'];
  readonly transfer?: Intake['transfer'];
  readonly failures?: readonly FieldFailure[];
}

/** Only a page has the second button: whoever enters a call or a transfer can ask again. */
function taken(source: Source, form: AnyForm & Pick<PublicForm, 'asItIs'>, { now, raw, reportedAt = now }: Taking & { readonly reportedAt?: string }, { failures: found = [], ...more }: More = {}): Taken {
  const { said, failures } = readSaid(form, { now, reportedAt });
  const all = inFormOrder([...minimumFailures(form), ...failures, ...found]);
  const maySendAsItIs = (source === 'PUBLIC_WEB' || source === 'CARE_PROVIDER') && !isEmpty(form);
  const isAsItIs = maySendAsItIs && form.asItIs === 'yes';
  if (all.length > 0 && !isAsItIs) return { kind: 'mend', failures: all, maySendAsItIs };
  // An age is asked for in the record of the person and never holds a report up (S06).
  const age = must(said.dob !== undefined || all.some(({ field }) => field === 'dob' || field === 'age'), 'dob', 'Neither a date of birth nor an age was given.', '3.2', 'AGE_REQUIRED');
  return { kind: 'received', intake: { ...said, source, reportedAt, receivedAt: now, raw, isAsItIs, flagged: [...all, ...age].map(flag), asWritten: asWritten(form, all), asks: asksOf(said, more.care), ...more } };
}

function flag({ field, code, why, rule }: FieldFailure): FieldFailure {
  return { field, code, why, rule };
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
  const call = { channel: form.channel, startedAt, handler: taking.handler, ...present({ startReason, callbackNumber: callback.value }) };
  const failures = [...start.failures, ...startFailures(startedAt, startReason, taking.now), ...callback.failures];
  return taken('CALL_HANDLER', form, { ...taking, reportedAt: startedAt }, { call, failures });
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
  const said = (raw: string): string => cut(raw, lengths.short) ?? '';
  const transfer = { fromForce: said(form.fromForce), theirRef: said(form.theirRef), acknowledgementId: said(form.acknowledgementId) };
  const failures = [...start.failures, ...Object.entries(transfer).flatMap(([field, value]) => must(value !== '', field, 'This is needed to take a case over from another force.', 'R11'))];
  return taken('TRANSFER_IN', form, { ...taking, reportedAt: start.value ?? taking.now }, { transfer, failures });
}

function careOf(form: CareForm, organisationId: string, socialWorkerPhone: string | undefined): NonNullable<Intake['care']> {
  const short = { placementName: form.placementName, laResponsible: form.laResponsible, legalStatus: form.legalStatus, curfew: form.curfew, socialWorkerName: form.socialWorkerName };
  const long = { part1: form.part1, belongings: form.belongings, mood: form.mood };
  const kept = (fields: Readonly<Record<string, string | undefined>>, max: number) => Object.fromEntries(Object.entries(fields).flatMap(([name, raw]) => {
    const value = cut(raw, max);
    return value === undefined ? [] : [[name, value]];
  }));
  return {
    organisationId, hasPart1: form.hasPart1 ?? 'NOT_KNOWN', ...present({ missingFrom: form.missingFrom, socialWorkerPhone }),
    ...kept(short, lengths.short), ...kept(long, lengths.long),
  };
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
  return { ...intake, flagged: [...intake.flagged, ...failures.map(flag)] };
}

/** What an officer is asked to confirm when a place was said to be known: R5 needs a certain address. */
export function concernFailures(concern: { readonly address: string; readonly reason: string }): FieldFailure[] {
  return [
    ...must(scrubbed(concern.address) !== '', 'address', 'A concern for welfare needs the address at which the person is believed to be.', 'R5'),
    ...must(scrubbed(concern.reason) !== '', 'reason', 'Say why the person is believed to be there.', 'R5', 'REASON_REQUIRED'),
  ];
}
