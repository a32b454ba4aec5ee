import type * as z from 'zod';
import type * as schemas from '../../functions/redaction/schemas.ts';

// The page is plain JavaScript with types in its comments; these are the replies it reads, as the contract has them.
export type BundleList = z.output<typeof schemas.bundleList>;
export type BundleView = z.output<typeof schemas.bundleView>;
export type DocumentView = z.output<typeof schemas.documentView>;
export type SuggestionView = z.output<typeof schemas.suggestionView>;
export type AuditList = z.output<typeof schemas.auditList>;
export type Schedule = z.output<typeof schemas.schedule>;
export type Accepted = z.output<typeof schemas.accepted>;
export type { Certificate } from '../../functions/redaction/burn/certificate.ts';
