import * as z from 'zod';
import { pageKind } from './card.ts';
import { imported } from './rules/intake/imported.ts';
import { protocol, uploadLink } from './rules/intake/protocols.ts';
import { uploadedFile } from './rules/uploads/files.ts';
import { fieldFailure, intake } from './rules/intake/report.ts';
import { triggerPlan } from './rules/intake/triggerPlan.ts';
import { caseSlice, clocks } from './rules/machine/caseSlice.ts';
import { regionSlices } from './rules/law/regionSlices.ts';
import { reportSlice } from './rules/machine/report.ts';
import { notice } from './rules/notices/notice.ts';
import { casefile } from './rules/person/casefile.ts';
import { person } from './rules/person/person.ts';
import { previousEpisode } from './rules/person/repeats.ts';
import { review, reviewSlice } from './rules/reviews/review.ts';
import { reviewContent } from './rules/reviews/content.ts';
import { deletion, erased } from './rules/closure/erased.ts';
import { closureSlice } from './rules/closure/slice.ts';
import { assessmentRow, known, riskSlice } from './rules/risk/slice.ts';
import { area } from './rules/search/area.ts';
import { planningPoints } from './rules/search/planningPoints.ts';
import { search } from './rules/search/record.ts';
import { evidence } from './rules/tasks/evidence.ts';
import { task } from './rules/tasks/task.ts';
import { role, trigger } from './rules/terms.ts';

const id = z.string().min(1).max(120);
const instant = z.string();

/** What the record owes to the outside; each becomes one operation of the storage protocol with that effect. */
export const owed = z.strictObject({ id, kind: z.enum(['page', 'notice', 'copy-information', 'link', 'live-link', 'scan-file', 'destroy-file', 'erase']), about: z.string(), how: z.string().optional() });
export type Owed = z.infer<typeof owed>;

/** A card to people, by name: who they are is resolved when it is raised, so that nobody can say later that it was somebody else's (15.2 item 30). */
export const page = z.strictObject({
  pageId: id, kind: z.enum(pageKind), to: z.array(id), title: z.string().max(300), about: id, at: instant, dueAt: instant.optional(), status: z.enum(['due', 'shown', 'answered', 'closed', 'failed']),
  isUrgent: z.boolean(), answeredBy: id.optional(), answeredAt: instant.optional(),
  /** Of a page that each of its people answers (H01): who has. It stays open for the others. */
  answers: z.array(z.strictObject({ by: id, at: instant })).max(20).optional(), refs: z.array(z.strictObject({ conversationId: z.string(), activityId: z.string() })),
});
export type Page = z.infer<typeof page>;

/** Something that became true, with its instant: the clock T_TRIGGER of the tasks that it asks for. */
export const firedTrigger = z.strictObject({ trigger, at: instant, instance: z.string().max(80).optional(), dueAt: instant.optional() });

/** An information item: who, when, from where. Its words are a part of their own. Append-only. */
export const informationItem = z.strictObject({
  id, at: instant, clientReportedAt: instant.optional(), by: id, channel: z.enum(['APP', 'TEAMS', 'PORTAL', 'PUBLIC', 'OTHER_REPORT', 'LIVE_LINK', 'SYSTEM']), kind: z.enum(['INFORMATION', 'SIGHTING', 'LOCATED', 'DOCUMENT', 'REPORT', 'LIVE_LINK']), isRestricted: z.boolean(), fromCaseId: id.optional(),
});

/** A report and the case that it became: the state row of one episode of one person. Personal data stands here and in the parts, and nowhere else. */
export const missingRecord = z.strictObject({
  kind: z.literal('missing'), recordId: id, personId: id, createdAt: instant,
  report: reportSlice, intake: intake.omit({ raw: true }), person, casefile, clocks,
  /** The next instant at which a floor may fire by the passing of time alone (15.1 item 12). */
  floorAt: instant.optional(),
  /** Absent until the report is accepted. */
  file: caseSlice.optional(), known, risk: riskSlice.optional(),
  owner: z.strictObject({ userId: id, role, since: instant, acknowledgedAt: instant.optional() }),
  attached: z.array(id).max(100),
  tasks: z.array(task), triggers: z.array(firedTrigger), triggerPlan: triggerPlan.optional(), agreed: z.array(z.strictObject({ templateId: z.string(), at: instant })),
  reviews: z.array(review).max(600), reviewMarks: reviewSlice.shape.marks, reviewsSettled: reviewSlice.shape.settled,
  /** The earliest open review (I1). */
  nextReviewAt: instant.optional(),
  /** When a superintendent decided that reviews become less frequent (15.2 item 31). */
  reviewsTaperedAt: instant.optional(), closure: closureSlice.optional(),
  information: z.array(informationItem), searches: z.array(search).max(200), areas: z.array(area).max(200), planningPoints: planningPoints.optional(),
  /** The parallel regions of 2.5. */
  regions: regionSlices.optional(),
  notices: z.array(notice).max(1_000), pages: z.array(page), protocols: z.array(protocol).max(20), uploadLinks: z.array(uploadLink).max(20), files: z.array(uploadedFile).max(200).default([]), previous: z.array(previousEpisode).max(200),
  /** Absent of what began here. */
  imported: imported.optional(),
  flaggedFields: z.array(fieldFailure), legalHold: z.strictObject({ by: id, at: instant, reason: z.string().max(2_000) }).optional(),
  /** A deletion that waits for the second person; what is left when it was approved (3.10). */
  deletion: deletion.optional(), erased: erased.optional(),
  /** A task that somebody says does not apply, or an interview that was not done: it waits for a second person. */
  pending: z.array(z.strictObject({ pendingId: id, taskId: z.string(), kind: z.enum(['NOT_APPLICABLE', 'EVIDENCE']), by: id, at: instant, reason: z.string().max(2_000).optional(), evidence: evidence.optional() })).max(50),
  /** The last risk, approval, closure or publicity command that was refused: those refusals are in the audit (15.2 item 35), so the refused command is a step of its own. */
  refusal: z.strictObject({ id, code: z.string(), reason: z.string() }).optional(),
  owed: z.array(owed), nextId: z.int(),
  /** How often fields were edited: the version that an edit names (If-Match). Each edit is a part of its own. */
  edits: z.int().optional(),
  /** Escalations and timers that fired late: dueAt and firedAt are kept, lateness is a number of the service and never hidden (2.6). */
  late: z.array(z.strictObject({ what: z.string().max(80), dueAt: instant, firedAt: instant })).max(50),
  /** Moves of the case in order, for the board and the history. */
  moves: z.array(z.strictObject({ rule: z.string().max(10), to: z.string().max(30), at: instant, by: id })).max(200),
});
export type MissingRecord = z.infer<typeof missingRecord>;

/** Parts beside the state: what is written once and read seldom. */
export const rawPart = z.strictObject({ kind: z.literal('raw'), text: z.string().max(200_000) });
export const informationPart = z.strictObject({ kind: z.literal('information'), text: z.string().max(20_000) });
export const assessmentPart = z.strictObject({ kind: z.literal('assessment'), row: assessmentRow });
export const reviewPart = z.strictObject({ kind: z.literal('review'), reviewId: z.string(), content: reviewContent });
export const payloadPart = z.strictObject({ kind: z.literal('payload'), json: z.string().max(200_000) });
const words = z.string().max(200_000).optional();
/** Who changed which fields, from what, to what: written once, never changed. */
export const editPart = z.strictObject({ kind: z.literal('edit'), n: z.int(), by: id, at: instant, changes: z.array(z.strictObject({ field: z.string().max(60), before: words, after: words })) });
export type EditPart = z.infer<typeof editPart>;
export const missingPart = z.discriminatedUnion('kind', [rawPart, informationPart, assessmentPart, payloadPart, reviewPart, editPart]);
export type MissingPart = z.infer<typeof missingPart>;

export const partKeys = { raw: 'raw', information: (itemId: string) => `info|${itemId}`, assessment: (seq: number) => `risk|${String(seq).padStart(5, '0')}`, payload: (noticeId: string) => `payload|${noticeId}`, review: (reviewId: string) => `review|${reviewId}`, edit: (n: number) => `edit|${String(n).padStart(6, '0')}` } as const;
