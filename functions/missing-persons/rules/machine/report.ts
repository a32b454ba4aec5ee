import * as z from 'zod';
import { higherOf, rankOf, reportState, riskLevel, type Failure, type RiskLevel } from '../terms.ts';
import { hasCome, isAtOrAfter, plusMinutes, utc } from './instants.ts';
import { asked, askedBeside, decided, fail, isSamePerson, reasonFailures, unless, type Actor } from './moment.ts';
import { reportTable } from './reportTable.ts';
import { stateInWords } from './words.ts';

const text = z.string().max(4_000);

/** A report on its way (2.1). Every one that nobody has ended has a named owner and a due time (I11). */
export const reportSlice = z.strictObject({
  state: reportState,
  source: z.enum(['PUBLIC_WEB', 'CARE_PROVIDER', 'CALL_HANDLER', 'TRANSFER_IN', 'IMPORT']),
  reportedAt: z.string(), receivedAt: z.string(), clientReportedAt: z.string().optional(), by: z.string(), organisationId: z.string().optional(),
  ownerUserId: z.string(), dueAt: z.string().optional(),
  flaggedFields: z.array(z.string()),
  thrive: text.optional(), provisional: riskLevel.optional(), screenedBy: z.string().optional(), screenedAt: z.string().optional(), matchesSeen: z.array(z.string()).optional(),
  redirect: z.strictObject({ agency: z.string(), acceptedBy: z.string(), acceptedAt: z.string(), advice: text, callBackAt: z.string() }).optional(),
  concern: z.strictObject({ address: text, reason: text }).optional(),
  duplicateOf: z.string().optional(),
  withdrawn: z.strictObject({ who: text, how: text, where: text, policeNeedToSee: z.boolean() }).optional(),
  rejection: z.strictObject({ proposedBy: z.string(), proposedAt: z.string(), reason: text, approvedBy: z.string().optional() }).optional(),
  resolved: z.strictObject({ seenBy: text, at: z.string() }).optional(),
  transfer: z.strictObject({ fromForce: z.string(), theirRef: z.string() }).optional(),
});
export type ReportSlice = z.infer<typeof reportSlice>;

export interface ReportFacts {
  readonly unanswered: readonly string[];
  /** Of the floor engine, with what is known now. */
  readonly floor: RiskLevel;
  /** The rules that set it, each in a sentence. */
  readonly floorWhy: string;
  readonly isUnder18: boolean;
  readonly hasFlag: boolean;
  /** What the intake's rule says of a redirection (RCRP). */
  readonly rcrpFailures: readonly Failure[];
  /** The case that is said to be the same person's is missing now. */
  readonly isOtherOpen: boolean;
}

export type ReportCommand =
  | { readonly do: 'ScreenReport'; readonly thrive: string; readonly level: RiskLevel; readonly matchesSeen: readonly string[] }
  | { readonly do: 'AcceptReport' }
  | { readonly do: 'RedirectReport'; readonly redirect: NonNullable<ReportSlice['redirect']> }
  | { readonly do: 'RecordConcern'; readonly concern: NonNullable<ReportSlice['concern']> }
  | { readonly do: 'MarkDuplicate'; readonly of: string; readonly confirmed: boolean }
  | { readonly do: 'WithdrawReport'; readonly withdrawn: NonNullable<ReportSlice['withdrawn']>; readonly isCallBackVerified: boolean }
  | { readonly do: 'ProposeReject'; readonly reason: string }
  | { readonly do: 'RejectReport' }
  | { readonly do: 'RescreenReport'; readonly reason: string }
  | { readonly do: 'ResolveSafe'; readonly seenBy: string; readonly at: string };

/** Minutes from the report to the end of screening, and from a screening or a concern to the next look (15.1 item 8). */
const screenWithin = 10;
const checkAddressWithin = 60;

export function receivedReport(start: Omit<ReportSlice, 'state' | 'dueAt'>): ReportSlice {
  return { ...start, state: 'RECEIVED', dueAt: plusMinutes(isAtOrAfter(start.receivedAt, start.reportedAt) ? start.reportedAt : start.receivedAt, screenWithin) };
}

export interface ReportMoved {
  readonly report: ReportSlice;
  readonly isCaseNeeded?: true;
}

/** What becomes of the report, or every reason why not. `WITHDRAWN` of a child or of somebody with a flag is answered by `isCaseNeeded` (R7). */
export function decideReport(slice: ReportSlice, command: ReportCommand, facts: ReportFacts, actor: Actor): ReportMoved | readonly Failure[] {
  if (command.do === 'ProposeReject') {
    const isPossible = slice.state === 'RECEIVED';
    return decided(askedBeside(command.do, { isPossible, rule: 'R8', why: `This is not possible while the report is ${stateInWords(slice.state)}; it is possible while it is received.` }, actor), () => proposeReject(slice, command.reason, actor));
  }
  return decided<ReportMoved>(asked(reportTable, slice.state, command.do, actor), () => {
    const failures = guard(slice, command, facts, actor);
    if (failures.length > 0) return failures;
    if (command.do === 'WithdrawReport' && (facts.isUnder18 || facts.hasFlag)) return { report: closed({ ...slice, state: 'ACCEPTED', withdrawn: command.withdrawn }), isCaseNeeded: true };
    return { report: moved(slice, command, actor) };
  });
}

function guard(slice: ReportSlice, command: MovingCommand, facts: ReportFacts, { by, now }: Actor): Failure[] {
  switch (command.do) {
    case 'ScreenReport': return [
      ...unless(facts.unanswered.length === 0, 'QUESTIONS_UNANSWERED', 'R2', `Answer each question, or say that it is not known: ${facts.unanswered.join(', ')}.`),
      ...unless(command.thrive.trim().length > 0, 'FIELD_INVALID', 'R2', 'The THRIVE note is empty.'),
      ...unless(rankOf(command.level) >= rankOf(facts.floor), 'FLOOR_BREACH', '3.5', `The level cannot be under ${facts.floor}. ${facts.floorWhy}`.trim()),
    ];
    // The call-back among them: it lies ahead, or the intake's rule says so.
    case 'RedirectReport': return [...facts.rcrpFailures];
    case 'RecordConcern': return unless(command.concern.address.trim().length > 0 && command.concern.reason.trim().length > 0, 'FIELD_INVALID', 'R5', 'A concern for welfare needs the address and a reason.');
    case 'MarkDuplicate': return [
      ...unless(command.confirmed, 'GUARD_UNMET', 'R6', 'A person confirms that it is the same person; the system never merges.'),
      ...unless(facts.isOtherOpen, 'GUARD_UNMET', 'R6', 'The other case is not an open missing case.'),
    ];
    case 'WithdrawReport': return unless(command.isCallBackVerified, 'GUARD_UNMET', 'R7', 'Verify who says so by calling back.');
    case 'RejectReport': return rejectFailures(slice, by);
    case 'RescreenReport': return reasonFailures(command.reason, 'R9');
    case 'ResolveSafe': return [...reasonFailures(command.seenBy, 'R10'), ...unless(hasCome(command.at, now), 'TIME_IN_FUTURE', 'R10', 'The time lies in the future.')];
    case 'AcceptReport': return [];
  }
}

function rejectFailures({ rejection }: ReportSlice, by: string): Failure[] {
  if (!rejection) return [fail('GUARD_UNMET', 'R8', 'Somebody else proposes this first, with a reason.')];
  return unless(!isSamePerson(rejection.proposedBy, by), 'SEGREGATION', 'R8', 'The person who proposed it cannot approve it.');
}

function proposeReject(slice: ReportSlice, reason: string, { by, now }: Actor): ReportMoved | readonly Failure[] {
  const failures = reasonFailures(reason, 'R8');
  return failures.length > 0 ? failures : { report: { ...slice, rejection: { proposedBy: by, proposedAt: now, reason } } };
}

type MovingCommand = Exclude<ReportCommand, { readonly do: 'ProposeReject' }>;

function moved(slice: ReportSlice, command: MovingCommand, { by, now }: Actor): ReportSlice {
  switch (command.do) {
    case 'ScreenReport': return { ...slice, state: 'SCREENED', thrive: command.thrive, provisional: higherOf(command.level, slice.provisional ?? command.level), screenedBy: by, screenedAt: now, matchesSeen: [...command.matchesSeen], dueAt: plusMinutes(now, screenWithin) };
    case 'AcceptReport': return closed({ ...slice, state: 'ACCEPTED' });
    case 'RedirectReport': {
      const redirect = { ...command.redirect, acceptedAt: utc(command.redirect.acceptedAt), callBackAt: utc(command.redirect.callBackAt) };
      return { ...slice, state: 'REDIRECTED', redirect, dueAt: redirect.callBackAt };
    }
    case 'RecordConcern': return { ...slice, state: 'CONCERN_FOR_WELFARE', concern: command.concern, dueAt: plusMinutes(now, checkAddressWithin) };
    case 'MarkDuplicate': return closed({ ...slice, state: 'DUPLICATE', duplicateOf: command.of });
    case 'WithdrawReport': return closed({ ...slice, state: 'WITHDRAWN', withdrawn: command.withdrawn });
    case 'RejectReport': return closed({ ...slice, state: 'REJECTED_TEST', ...(slice.rejection && { rejection: { ...slice.rejection, approvedBy: by } }) });
    case 'RescreenReport': return { ...slice, state: 'SCREENED', dueAt: plusMinutes(now, screenWithin) };
    case 'ResolveSafe': return closed({ ...slice, state: 'RESOLVED_SAFE', resolved: { seenBy: command.seenBy, at: utc(command.at) } });
  }
}

/** Nobody waits for it any more. */
function closed({ dueAt: _, ...rest }: ReportSlice): ReportSlice {
  return rest;
}
