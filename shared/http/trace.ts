import { randomUUID } from 'node:crypto';
import type { HttpRequest, InvocationContext } from '@azure/functions';

/** W3C Trace Context: `traceparent` goes into the queue envelope, since storage queues have no headers (local-host trap 19). */
export interface Trace {
  readonly traceId: string;
  readonly traceparent: string;
}

const pattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The host's trace, else the caller's, else a new one. A malformed one is ignored, as the standard says. */
export function traceOf(request: HttpRequest, context: Pick<InvocationContext, 'traceContext'>): Trace {
  for (const traceparent of [context.traceContext?.traceParent, request.headers.get('traceparent')]) {
    const traceId = typeof traceparent === 'string' ? pattern.exec(traceparent)?.[1] : undefined;
    if (typeof traceparent === 'string' && traceId !== undefined) return { traceId, traceparent };
  }
  const traceId = randomUUID().replaceAll('-', '');
  return { traceId, traceparent: `00-${traceId}-${traceId.slice(16)}-01` };
}
