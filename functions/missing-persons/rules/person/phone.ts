import { wrong, type FieldFailure } from './fieldFailure.ts';

/** What a person may ring: mobiles and landlines, here and abroad. Whether it may be texted is another question, which the senders answer. */
const uk = /^\+44(?:[1-3]\d{8,9}|[57-9]\d{9}|800\d{6}|8001111)$/;
const abroad = /^\+(?!44)[1-9]\d{6,14}$/;
const hint = 'Write the whole number, for instance 07700 900123, 01632 960123 or +353 20 915 0123.';

export type PhoneReading = { readonly ok: true; readonly e164: string } | { readonly ok: false; readonly why: string };

/**
 * A telephone number as a person writes it to E.164 (3.2). A number without a country is of the United Kingdom; an extension cannot be kept in E.164 and is refused with the rest.
 * The reason gives a hint and never repeats the number.
 */
export function readPhone(raw: string): PhoneReading {
  const plain = raw.normalize('NFKC').replaceAll(/[\s().\u2010-\u2015-]/g, '');
  const e164 = plain.replace(/^00/, '+').replace(/^\+440/, '+44').replace(/^440?(?=\d{9,10}$)/, '+44').replace(/^0/, '+44');
  if (uk.test(e164) || abroad.test(e164)) return { ok: true, e164 };
  if (/[^\d+]/.test(plain)) return { ok: false, why: `A telephone number has digits only. ${hint}` };
  return { ok: false, why: `This is not a whole telephone number. ${hint}` };
}

/** `value` in E.164 when it can be read, else as it was written with the failure at its field. */
export function phoneAt(field: string, raw: string): { readonly value: string; readonly failures: FieldFailure[] } {
  const reading = readPhone(raw);
  return reading.ok ? { value: reading.e164, failures: [] } : { value: raw, failures: [wrong(field, reading.why)] };
}
