import { adaptiveCard, execute, textBlock, type AdaptiveCard, type CardAction, type CardElement } from '../../shared/domain/card.ts';
import { londonShort } from '../../shared/domain/london.ts';
import type { Area, CardKind } from './rules/terms.ts';

/** All that a card may be made from (goodsam.md 19): no name, number, address, viewer URL, media or offence can get in, for there is no field for one. */
export interface CardView {
  readonly requestId: string;
  /** Of the version that the card shows: an answer to an older one is stale. */
  readonly caseEtag: string;
  /** The short id, `GS-XXXX-XXXX`. */
  readonly ref: string;
  readonly area: Area;
  /** When it happened, UTC ISO. */
  readonly at: string;
  /** Until when somebody must act, UTC ISO. */
  readonly dueAt?: string;
  /** What is to be done, where the kind alone does not say it. */
  readonly task?: CardTask;
  /** Opens the record in the Power App. */
  readonly deepLink: string;
}

/** The verbs of our buttons, as main.ts puts them in the table of the Teams room. */
export const approveVerb = 'goodsam.approve';
export const refuseVerb = 'goodsam.refuse';
export const verbs = { approve: approveVerb, refuse: refuseVerb } as const;

/** Reasons for a refusal on a card: codes, for free text on a card would sooner or later hold a name. The input's id is `reason`. */
export const refusalReasons = [
  { value: 'NOT_NECESSARY', title: 'Not necessary for this task' },
  { value: 'NOT_PROPORTIONATE', title: 'Not proportionate' },
  { value: 'MORE_INFORMATION', title: 'More information is needed' },
  { value: 'ATTEND_INSTEAD', title: 'Attend in person instead' },
  { value: 'OTHER', title: 'Another reason, recorded in the app' },
] as const;

const areaLabels: Readonly<Record<Area, string>> = {
  FCC: 'Control room', FAL: 'Firearms licensing', FOR: 'Forensics', CCTV: 'CCTV retrieval', DA: 'Protected task', SOM: 'Protected task', SOCU: 'Protected task',
};

/** What happened, and the words of the one button. LINK_OPENED is used by the control room only. */
const words: Readonly<Record<CardKind, { title: string; action: string }>> = {
  LINK_OPENED: { title: 'Link opened', action: 'Open the session' },
  AUTH_NEEDED: { title: 'Authority needed', action: 'Open the request' },
  SAFETY_HOLD: { title: 'Held for a safety check', action: 'Open the safety check' },
  RECHECK_DUE: { title: 'Recheck due', action: 'Open the recheck' },
  CCTV_OVERWRITE_RISK: { title: 'Recording may be overwritten', action: 'Open the request' },
  OUTCOME_OVERDUE: { title: 'Outcome overdue', action: 'Record the outcome' },
  EVIDENCE_READY: { title: 'Evidence ready', action: 'Open the evidence list' },
  EVIDENCE_FAILED: { title: 'Evidence could not be retrieved', action: 'Open the evidence list' },
  SESSION_LOST: { title: 'Session lost', action: 'Open the request' },
  SEND_FAILED: { title: 'Link could not be sent', action: 'Open the request' },
  BLOCKED: { title: 'Stopped for safety', action: 'Open the request' },
  REGRADE_NOW: { title: 'Regrade the incident now', action: 'Open the request' },
  PHONE_TASK: { title: 'Call back by voice', action: 'Open the task' },
  PASTE_LINE: { title: 'Line to paste into the incident log', action: 'Open the line' },
  EVIDENCE_QUARANTINED: { title: 'Evidence quarantined', action: 'Open the evidence list' },
  SUPPORT_POISON: { title: 'A step failed and needs support', action: 'Open the record' },
};

/** Areas whose authority may be given on the card; for the others it is open-only (goodsam.md 21.11). */
const decidedOnCard: ReadonlySet<Area> = new Set<Area>(['FAL', 'FOR', 'CCTV', 'FCC']);

/**
 * Titles of the tasks that share a kind of card (goodsam.md 7.6 F and 17): who is to make a visit must not read "Call back by voice". They name no offence and no role of
 * a person, for they stand on protected tasks as well.
 */
const taskTitles = {
  'phone': 'Telephone before the recording is overwritten', 'visit': 'Visit before the recording is overwritten',
  'feo-visit': 'Make a visit', 'home-visit': 'Make a visit', 'officer-visit': 'Make a visit', 'licensing-review': 'Review needed today', 'recheck': 'Arrange the recheck', 'csi-job': 'Send an examiner',
  'victim-contact': 'Tell the person the decision', 'codec-work': 'Footage needs a player', 'arrange-interview': 'Arrange what follows', 'offer-read-aloud': 'Read a code out instead',
} as const;
export type CardTask = keyof typeof taskTitles;

export function isCardTask(about: string): about is CardTask {
  return Object.hasOwn(taskTitles, about);
}

/**
 * The card of this kind: short id, area, time, one action and the link to the Power App (goodsam.md 19, 21.11, 21.35). The caller decides who gets it; the
 * answer's data is never trusted beyond finding the request.
 */
export function card(kind: CardKind, view: CardView): AdaptiveCard {
  const { title: general, action } = words[kind];
  const title = view.task === undefined ? general : taskTitles[view.task];
  const open: CardAction = { type: 'Action.OpenUrl', title: action, url: view.deepLink };
  if (view.area === 'SOCU') return adaptiveCard(`Task ${view.ref} needs attention`, [], [{ ...open, title: 'Open the task' }]);
  const isDecidable = kind === 'AUTH_NEEDED' && decidedOnCard.has(view.area);
  const body: CardElement[] = [about(view), ...times(view)];
  return isDecidable
    ? adaptiveCard(`${title}: ${view.ref}`, [...body, reason], [...decision(view), open])
    : adaptiveCard(`${title}: ${view.ref}`, body, [open]);
}

/** What replaces a card that somebody acted on (goodsam.md 19). `collar` is the collar number, never a name. */
export function doneCard(view: CardView, { collar, at }: { readonly collar: string; readonly at: string }): AdaptiveCard {
  return closed(view, 'Done', `Done by ${collar} at ${londonShort(at)}`);
}

/** What replaces a card that nobody acted on for 24 hours (goodsam.md 21.35). */
export function expiredCard(view: CardView): AdaptiveCard {
  return closed(view, 'Expired', 'Expired: nobody acted on this card within 24 hours');
}

function closed(view: CardView, title: string, text: string): AdaptiveCard {
  const open: CardAction = { type: 'Action.OpenUrl', title: 'Open the record', url: view.deepLink };
  return view.area === 'SOCU' ? adaptiveCard(`Task ${view.ref}`, [textBlock(text)], [open]) : adaptiveCard(`${title}: ${view.ref}`, [about(view), textBlock(text)], [open]);
}

function about({ area }: CardView): CardElement {
  return textBlock(areaLabels[area]);
}

function times({ at, dueAt }: CardView): CardElement[] {
  const due = dueAt === undefined ? [] : [textBlock(`Act by ${londonShort(dueAt)}`, { weight: 'Bolder' })];
  return [textBlock(londonShort(at), { isSubtle: true }), ...due];
}

const reason: CardElement = {
  type: 'Input.ChoiceSet', id: 'reason', label: 'Reason, if you refuse', isRequired: true, errorMessage: 'Choose a reason for refusing', style: 'compact', placeholder: 'Choose a reason',
  choices: refusalReasons,
};

/** Approval asks for no input; a refusal needs its reason (goodsam.md 4.1 T4). */
function decision({ requestId, caseEtag }: CardView): CardAction[] {
  const data = { requestId, caseEtag };
  return [
    execute({ title: 'Approve', verb: approveVerb, data, style: 'positive', associatedInputs: 'none' }),
    execute({ title: 'Refuse', verb: refuseVerb, data, style: 'destructive', associatedInputs: 'auto' }),
  ];
}
