import type * as z from 'zod';
import type { AuditKind } from '../domain/decision.ts';

/** A file as the whole body of a request or a reply. The limit is enforced before anything is stored (413). */
export interface FileBody {
  readonly file: true;
  readonly contentTypes: readonly string[];
  readonly maxBytes: number;
  readonly description: string;
}

/**
 * One HTTP operation of a room: the single source for routing, request checking, the custom connector and the contract tests.
 * Schemas are flat: no unions, nullables, transforms, unknowns, records or dates as objects.
 */
export interface Operation {
  /** PascalCase command, unique over all rooms, for instance `ReleaseDocument`. */
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Without a leading slash and with `api/`, for instance `api/redaction-jobs/{jobId}/release`. */
  readonly route: string;
  /** The Entra app roles of which the caller needs one; `anonymous` needs no token, `anyStaff` any valid one. */
  readonly who: readonly string[] | 'anonymous' | 'anyStaff';
  /** What a call of this operation is under DPA 2018 s62; every call that touches personal data has one. */
  readonly audit: AuditKind;
  /** Sentence case, at most 80 characters, no end punctuation. */
  readonly summary: string;
  /** Ends with a full stop and is never equal to the summary. */
  readonly description: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Headers other than the common ones (Authorization, Idempotency-Key, If-Match, traceparent). Names in lower case. */
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodObject | FileBody;
  readonly reply: z.ZodObject | FileBody;
  /** 200 for reads, 201 or 202 for commands. */
  readonly success: 200 | 201 | 202;
  /** Commands need an Idempotency-Key; `optional` and `none` suit reads. */
  readonly idempotencyKey: 'required' | 'none';
  /** `required`: the command edits what the caller saw and needs its ETag (If-Match); else 428. */
  readonly ifMatch?: 'required';
  /** How Power Apps shows it (x-ms-visibility); `excluded` leaves it out of the connector. */
  readonly visibility: 'important' | 'advanced' | 'internal' | 'excluded';
  /** Connector extensions of the operation, for instance `x-ms-pageable`; keys begin with `x-ms-`. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}
