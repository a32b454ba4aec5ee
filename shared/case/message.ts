import * as z from 'zod';
import { caseIdPattern, operationIdPattern } from '../domain/ids.ts';
import type { WorkMessage } from './room.ts';

const schema = z.strictObject({
  v: z.literal(1), room: z.string(), caseId: z.string().regex(caseIdPattern), operationId: z.string().regex(operationIdPattern), at: z.iso.datetime(), traceparent: z.string().optional(),
});

/** The message, or undefined when it is none of ours (malformed, or of a version this code does not know). */
export function parseMessage(value: unknown): WorkMessage | undefined {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return undefined;
  const { traceparent, ...message } = parsed.data;
  return { ...message, ...(traceparent !== undefined && { traceparent }) };
}

export function parseMessageText(text: string): WorkMessage | undefined {
  try {
    return parseMessage(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
