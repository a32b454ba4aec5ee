import type { Area, Channel } from './terms.ts';

/** `production` refuses the drama range, everything else accepts nothing but it (goodsam.md 5.1). */
export type NumberWorld = 'production' | 'other';

export interface NumberRules {
  readonly world: NumberWorld;
  readonly area: Area;
  /** A number abroad needs the officer's reason; a blank one is none. */
  readonly internationalReason?: string | undefined;
}

export type NumberResult =
  | { readonly ok: true; readonly e164: string; readonly kind: 'UK_MOBILE' | 'INTERNATIONAL' }
  | { readonly ok: false; readonly code: 'INVALID_MSISDN' | 'NON_UK_NUMBER'; readonly why: string; readonly offers: readonly Channel[] };

/** Mobiles without 070 personal numbers and 076 pagers, but with 07624 of the Isle of Man. */
const ukMobile = /^\+447(?:[1-5]\d{8}|624\d{6}|[7-9]\d{8})$/;
const drama = /^\+447700900\d{3}$/;
/** UK numbers that take no text: geographic, 03, 05, 08, 09. */
const ukOther = /^(?:\+44|0)[1-689]\d{6,9}$/;
const international = /^\+(?!44)[1-9]\d{7,14}$/;
const ukOnly: ReadonlySet<Area> = new Set<Area>(['FAL', 'SOM']);
const otherWays = ['READ_ALOUD_CODE', 'EMAIL'] as const;

/** As written by a person, to E.164 where that is possible (21.33); says nothing of whether it is valid. */
export function toE164(raw: string): string {
  return raw.normalize('NFKC').replace(/[\s().\u2010-\u2015-]/g, '')
    .replace(/^00/, '+').replace(/^44(?=7|07)/, '+44').replace(/^\+440/, '+44').replace(/^07/, '+447');
}

/**
 * A number that may be texted, or why not (goodsam.md 5.1, 21.33). `why` never repeats the number. A landline gets the ways that need no text.
 */
export function normaliseNumber(raw: string, rules: NumberRules): NumberResult {
  const e164 = toE164(raw);
  if (ukOther.test(e164)) return refusal('INVALID_MSISDN', 'This is a landline or service number; it takes no text.', otherWays);
  if (rules.world === 'other') return drama.test(e164) ? { ok: true, e164, kind: 'UK_MOBILE' } : refusal('INVALID_MSISDN', 'Outside production only the drama numbers +447700900000 to 999 are accepted.');
  if (drama.test(e164)) return refusal('INVALID_MSISDN', 'This is a number for drama and tests.');
  if (ukMobile.test(e164)) return { ok: true, e164, kind: 'UK_MOBILE' };
  if (international.test(e164)) return abroad(e164, rules);
  return refusal('INVALID_MSISDN', 'This is not a mobile number.');
}

function abroad(e164: string, rules: NumberRules): NumberResult {
  if (ukOnly.has(rules.area)) return refusal('NON_UK_NUMBER', 'This area sends to UK mobile numbers only.');
  if ((rules.internationalReason ?? '').trim() === '') return refusal('NON_UK_NUMBER', 'A number abroad needs the override with a reason.');
  return { ok: true, e164, kind: 'INTERNATIONAL' };
}

function refusal(code: 'INVALID_MSISDN' | 'NON_UK_NUMBER', why: string, offers: readonly Channel[] = []): NumberResult {
  return { ok: false, code, why, offers };
}

/** Practical form of an address (RFC 5321 lengths); whether it exists only sending tells. */
const emailForm = /^[^\s@<>()",;:\\]{1,64}@(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

export type EmailResult = { readonly ok: true; readonly email: string } | { readonly ok: false; readonly code: 'INVALID_EMAIL'; readonly why: string };

/** An address that may be written to: outside production example.com only, in production never it (RFC 2606 reserves it; the same wall as the drama numbers). */
export function checkEmail(raw: string, world: NumberWorld): EmailResult {
  const at = raw.trim().lastIndexOf('@') + 1;
  const email = raw.trim().slice(0, at) + raw.trim().slice(at).toLowerCase();
  if (!emailForm.test(email)) return { ok: false, code: 'INVALID_EMAIL', why: 'This is not an e-mail address.' };
  const sample = email.endsWith('@example.com');
  if (world === 'other' && !sample) return { ok: false, code: 'INVALID_EMAIL', why: 'Outside production only addresses at example.com are accepted.' };
  if (world === 'production' && sample) return { ok: false, code: 'INVALID_EMAIL', why: 'This is an address for tests.' };
  return { ok: true, email };
}
