import * as z from 'zod';
import { caseIdPattern, operationIdPattern } from './domain/ids.ts';

/**
 * Messages that cross rooms (design.md 2): neither room imports the other, so what they say to each other stands here. Ids and codes only: a queue is read by whoever may read the storage
 * account, so a name, a number or a place is never in it. Who takes a message asks the other room for the rest, through what main.ts hands in, and is judged there as the case stands by then.
 */
const caseId = z.string().regex(caseIdPattern);
const liveLinkIds = { v: z.literal(1), caseId, enquiryId: z.string().min(1).max(120), requestId: caseId, operationId: z.string().regex(operationIdPattern) } as const;

/** Missing persons to live links (missing-persons.md 15.2 item 36): locate the person of this enquiry, or stop doing so. */
export const liveLinkAsk = z.strictObject({ ...liveLinkIds, want: z.enum(['SEND', 'STOP']) });
export type LiveLinkAsk = z.output<typeof liveLinkAsk>;
export const liveLinkAsks = 'goodsam-asks';

/** The answer: what the request has come to, as a code. */
export const liveLinkNews = z.strictObject({ ...liveLinkIds, news: z.string().regex(/^[A-Z][A-Z_]{1,39}$/) });
export type LiveLinkNews = z.output<typeof liveLinkNews>;
export const liveLinkNewsQueue = 'missing-links';
