import * as z from 'zod';
import { mode } from '../../../functions/goodsam/rules/terms.ts';

const identifier = z.string().min(1).max(128);

/** Bodies of the API. Strict, so that an adapter that sends an address, a name or a reason of a person is refused. */
export const createBody = z.strictObject({
  externalRef: identifier, mode, locale: z.string().min(2).max(35), record: z.boolean(), chat: z.boolean(), expiresAt: z.iso.datetime(), operatorRef: identifier,
  callbackUrl: z.url({ protocol: /^https?$/ }),
});
export type CreateBody = z.output<typeof createBody>;
export const cancelBody = z.strictObject({ reason: z.enum(['CANCELLED', 'UNSAFE', 'EXPIRED', 'SUPERSEDED']) });
export const endBody = z.strictObject({});
export const chatBody = z.strictObject({ text: z.string().min(1).max(1_000), targetLocale: z.string().min(2).max(35).exactOptional() });
export const viewerBody = z.strictObject({ viewerRef: identifier });

/** Bodies of the control interface. */
export const controlBodies = {
  clock: z.strictObject({ offsetMs: z.number(), speed: z.number().min(1).max(600).exactOptional() }),
  arm: z.strictObject({ scenario: z.string() }),
  outage: z.strictObject({ on: z.boolean() }),
  secrets: z.strictObject({ signWith: z.enum(['new', 'old', 'both']) }),
  withhold: z.strictObject({ types: z.array(z.string()) }),
  /** Anything at all goes: a wrong type, wrong data, an id that was used before, a changed envelope. */
  emit: z.strictObject({ type: z.string(), data: z.unknown().exactOptional(), envelope: z.record(z.string(), z.unknown()).exactOptional() }),
};
