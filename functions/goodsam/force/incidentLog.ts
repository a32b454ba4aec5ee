import * as z from 'zod';
import { callForce, type Called, type CallOptions, type ForceSystem } from '../../../shared/force/call.ts';

/** Command and control (force-systems.md row 6: Saab SAFE or another), as much of it as live links need. */
export interface IncidentLog {
  /** The header of an incident; a typed failure when it cannot be had. Never throws. */
  header(ref: string, options?: CallOptions): Promise<Called<IncidentHeader>>;
  /**
   * Writes one line, at most 500 characters. Idempotent by `entryId`: the same id again writes nothing. On failure the caller shows the card "paste this line" or
   * keeps the line for at most 24 h (force-systems.md, paragraph 6); a live link never waits for it. Never throws, but RangeError for a line that is too long.
   */
  append(entry: IncidentEntry, options?: CallOptions): Promise<Called<Appended>>;
}

const header = z.object({
  ref: z.string(), type: z.string(), grade: z.string(), status: z.enum(['OPEN', 'CLOSED']), openedAt: z.iso.datetime(),
  /** For the officer's screen only: never stored with a request, logged or put on a card. */
  location: z.string().optional(),
});
export type IncidentHeader = z.infer<typeof header>;

export interface IncidentEntry {
  readonly ref: string;
  /** Ours, the same for every try of one line. */
  readonly entryId: string;
  readonly text: string;
  readonly source: string;
}

const appended = z.object({ status: z.enum(['APPENDED', 'ALREADY_THERE']) });
export type Appended = z.infer<typeof appended>;

export const longestLine = 500;

export function httpIncidentLog(system: ForceSystem): IncidentLog {
  return {
    header: async (ref, options) => {
      const reply = await callForce(system, { path: '/headers', body: { ref } }, header, options);
      // The header of another incident would put a caller's location on the wrong one.
      return reply.ok && reply.value.ref !== ref ? { ok: false, failure: { kind: 'bad-reply' } } : reply;
    },
    append: async ({ ref, entryId, text, source }, options) => {
      if (text.length > longestLine) throw new RangeError(`a line of the incident log has ${longestLine} characters at most`);
      return await callForce(system, { path: '/entries', body: { ref, entryId, text, source } }, appended, options);
    },
  };
}
