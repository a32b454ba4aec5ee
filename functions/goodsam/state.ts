import * as z from 'zod';
import { cctvRequest } from './rules/cctv.ts';
import { mediaItem } from './rules/evidence.ts';
import { checklist } from './rules/firearms.ts';
import { entry, progress } from './rules/fold.ts';
import { scoreForm } from './rules/forensics.ts';
import { addon, answer, area, cardKind, channel, grade, marker, mode, personRole, priority, reasonCode, safeContact, safeMethod, templateName } from './rules/terms.ts';

/** One attempt to bring a link to a person. Its token is HMAC(link key, requestId:no) and stands nowhere; `linkLast4` is what the officer reads out. */
export const send = z.strictObject({
  no: z.int(),
  at: z.string(),
  by: z.string(),
  kind: z.enum(['first', 'resend', 'reminder']),
  channel,
  template: templateName.optional(),
  neutral: z.boolean(),
  linkLast4: z.string().optional(),
  linkExpiresAt: z.string(),
  /** Tries so far, and when the next one is due. */
  tries: z.int(),
  retryAt: z.string().optional(),
  sessionId: z.string().optional(),
  publicUrl: z.string().optional(),
  notificationId: z.string().optional(),
  acceptedAt: z.string().optional(),
  sessionClosed: z.boolean().optional(),
});
export type Send = z.infer<typeof send>;

export const markerLookup = z.strictObject({ at: z.string(), result: z.enum(['NONE', 'FOUND', 'FAILED']), markers: z.array(marker) });

/** What the request owes to the outside; each becomes one operation of the storage protocol with that effect. */
export const owed = z.strictObject({
  id: z.string(),
  kind: z.enum(['send', 'close-session', 'card', 'line', 'list-unsafe', 'find-media', 'retrieve', 'verdict', 'hand-over', 'confirm-hand-over', 'delete-copy', 'dispose', 'reconcile', 'chat', 'note-inspection', 'tell']),
  /** What it is about: a send's number, a session, card, line, media item or chat message. */
  about: z.string(),
  /** How, where that matters: cancel or end, listed or cleared. */
  how: z.string().optional(),
});
export type Owed = z.infer<typeof owed>;

export const card = z.strictObject({
  cardId: z.string(), kind: cardKind, at: z.string(),
  /** Who sees it: the requester, those who may authorise, a supervisor, or the support team. */
  to: z.enum(['requester', 'authorisers', 'supervisors', 'support']),
  status: z.enum(['due', 'shown', 'done', 'expired', 'failed']),
  doneBy: z.string().optional(), doneAt: z.string().optional(), about: z.string().optional(), dueAt: z.string().optional(),
  refs: z.array(z.strictObject({ conversationId: z.string(), activityId: z.string() })),
});
export type CardRow = z.infer<typeof card>;

export const line = z.strictObject({ lineId: z.string(), at: z.string(), text: z.string(), status: z.enum(['due', 'written', 'to-paste', 'pasted']) });

export const chatMessage = z.strictObject({ chatId: z.string(), at: z.string(), from: z.enum(['OFFICER', 'PERSON']), text: z.string(), translated: z.string().optional(), status: z.enum(['due', 'sent', 'received', 'failed']) });

export const fix = z.strictObject({
  id: z.string(), at: z.string(), lat: z.number(), lng: z.number(), accuracyM: z.number(), source: z.enum(['BROWSER_GNSS', 'BROWSER_NETWORK', 'AML', 'MANUAL']), seq: z.int().optional(),
});
export type Fix = z.infer<typeof fix>;

export const outcome = z.strictObject({
  code: z.string(), detail: z.string().optional(), notes: z.string().optional(), attendanceAvoided: z.boolean(), minutesSaved: z.number().optional(), milesSaved: z.number().optional(),
  milesAreEstimate: z.boolean().optional(), recordedBy: z.string(), at: z.string(), task: z.string().optional(),
});

/** A request for a live link: the state row of its case. Personal data stands here and in the parts, and nowhere else. */
export const liveLink = z.strictObject({
  kind: z.literal('live-link'), requestId: z.string(), area, reasonCode, mode, addons: z.array(addon), priority, grade: grade.optional(), channel,
  incidentSystem: z.string(), incidentRaw: z.string(), incidentRef: z.string(), occurrenceRef: z.string().optional(),
  personRole, personName: z.string().optional(),
  /** E.164 number or e-mail address; gone after minimisation, and never there for a code that is read out. */
  address: z.string().optional(), addressLast4: z.string().optional(), addressHmac: z.string(), internationalReason: z.string().optional(),
  locale: z.string(), interpreterNeeded: z.boolean(), accessibility: z.enum(['NONE', 'BSL', 'RELAY', 'LIPREAD']), childInvolved: z.boolean(), appropriateAdult: z.boolean(),
  onVoiceCall: z.boolean(), onVoiceAt: z.string().optional(), verbalConsent: z.boolean(), record: z.boolean(), expectedEvidence: z.boolean(), purpose: z.string(),
  contactFacts: z.strictObject({ suspectPresentOrDue: answer, sharedHandset: answer, suspectsNumber: answer, personSaidNo: answer }),
  contactPlan: z.strictObject({ allowedFrom: z.string(), allowedTo: z.string() }).optional(),
  /** The person's own plan, when the force's records last gave one. */
  knownPlan: z.strictObject({ allowedFrom: z.string(), allowedTo: z.string() }).optional(),
  markerLookup: markerLookup.optional(), lastRule: z.string().optional(),
  safeContact: z.strictObject({
    status: safeContact, confirmedAt: z.string().optional(), confirmedBy: z.string().optional(), method: safeMethod.optional(), addressHmac: z.string().optional(), channel: channel.optional(),
    liveCheckAt: z.string().optional(), usedBySend: z.int().optional(),
  }),
  authorisation: z.strictObject({ required: z.boolean(), why: z.string().optional(), by: z.string().optional(), at: z.string().optional(), decision: z.enum(['APPROVED', 'REFUSED']).optional(), reason: z.string().optional() }),
  requestedBy: z.string(), viewers: z.array(z.string()),
  /** Colleagues who may watch for a while, and nothing else (goodsam.md 7.1). */
  shares: z.array(z.strictObject({ viewer: z.string(), until: z.string() })), createdAt: z.string(),
  /** Fields of one area; see rules/areaFields.ts. */
  grounds: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(), vitalInterestReason: z.string().optional(),
  slotStartAt: z.string().optional(), slotEndAt: z.string().optional(), linkOpensAt: z.string().optional(), certificateHmac: z.string().optional(),
  registeredLat: z.number().optional(), registeredLng: z.number().optional(), riskLevel: z.enum(['LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH']).optional(),
  overwriteAt: z.string().optional(), windowFrom: z.string().optional(), windowTo: z.string().optional(), cctv: cctvRequest.optional(),
  sends: z.array(send), log: z.array(entry), progress, deviceHash: z.string().optional(), consentTextVersion: z.string().optional(),
  media: z.array(mediaItem), mediaExpected: z.boolean(), cards: z.array(card), lines: z.array(line), chat: z.array(chatMessage), fixes: z.int(), lastFix: fix.optional(), lastPosted: fix.optional(),
  outsideUk: z.boolean().optional(),
  /** Another room asked for it, for this case and enquiry of its own: it hears what comes of it. */
  origin: z.strictObject({ caseId: z.string(), enquiryId: z.string() }).optional(),
  checklist: checklist.optional(), score: scoreForm.optional(), outcome: outcome.optional(), outcomeDueAt: z.string().optional(), recheckDueAt: z.string().optional(), erasedAt: z.string().optional(),
  owed: z.array(owed), nextOwed: z.int(),
  /** What is to be owed at a later time: another look for a verdict, say. */
  later: z.array(owed.extend({ at: z.string() })),
  /** Alerts that were raised once and must not be raised again. */
  fired: z.array(z.string()),
  reconciledAt: z.string().optional(), minimisedAt: z.string().optional(),
});
export type LiveLink = z.infer<typeof liveLink>;

/** The location track stands beside the state: a row of its own, which a busy session does not make heavy. */
export const trackKey = 'track';
export const maxFixes = 1_500;
export const track = z.strictObject({ kind: z.literal('track'), fixes: z.array(fix) });
export type Track = z.infer<typeof track>;
