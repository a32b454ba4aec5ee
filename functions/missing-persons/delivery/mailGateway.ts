import * as z from 'zod';
import { callForce, type ForceFailure, type ForceSystem } from '../../../shared/force/call.ts';
import type { Answer } from '../rules/notices/progress.ts';
import type { NoticeSender } from './sender.ts';

const reply = z.object({ status: z.enum(['ACCEPTED', 'ALREADY_ACCEPTED']), ref: z.string().min(1).max(100) });

/** The force's secure mail gateway. Idempotent by key; see the README for the interface, which is ours. */
export function httpMailGateway(system: ForceSystem): NoticeSender {
  return {
    async send(_notice, { subject, lines, attachment }, { address }, { key, signal }) {
      const body = { key, to: address, subject, text: lines.join('\r\n'), ...(attachment && { attachment }) };
      const called = await callForce(system, { path: '/messages', body }, reply, signal ? { signal } : {});
      return called.ok ? { outcome: 'accepted', providerRef: called.value.ref } : answerOf(called.failure);
    },
  };
}

/** A time-out and a reply without sense may both mean that it was taken, so the same key is tried again; only a refusal is final. */
function answerOf({ kind, status }: ForceFailure): Answer {
  return kind === 'refused' ? { outcome: 'refused', reason: `gateway-${status ?? 0}` } : { outcome: 'later', reason: `gateway-${kind}` };
}
