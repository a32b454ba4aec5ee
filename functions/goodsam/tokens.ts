import { createHash, createHmac } from 'node:crypto';
import type { CaseDeps } from '../../shared/case/room.ts';
import { Conflict } from '../../shared/azure/store.ts';

/** Secrets of links and addresses, the newest first: it makes what is new, the older ones still find what was made with them. */
export interface Secrets {
  readonly linkKeys: readonly [string, ...string[]];
  readonly addressKeys: readonly [string, ...string[]];
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** No 0, 1, I, L, O, U: a code is read out (goodsam.md 21.31). 30 letters, 8 of them: 39 bits for ten minutes, with wrong tries slowed. */
const spoken = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The token of a link: 12 base62 characters of an HMAC over request and send (goodsam.md 21.14). It stands in the text and nowhere else. */
export function tokenOf({ linkKeys }: Secrets, requestId: string, sendNo: number): string {
  return letters(createHmac('sha256', linkKeys[0]).update(`${requestId}:${sendNo}`).digest(), base62, 12);
}

export function codeOf({ linkKeys }: Secrets, requestId: string, sendNo: number): string {
  return letters(createHmac('sha256', linkKeys[0]).update(`code:${requestId}:${sendNo}`).digest(), spoken, 8);
}

/** Takes five bytes a letter, so that none of them is likelier than another by more than 2^-32. */
function letters(bytes: Buffer, alphabet: string, length: number): string {
  const wide = createHash('sha512').update(bytes).digest();
  let rest = BigInt(`0x${wide.toString('hex')}`);
  let text = '';
  for (let n = 0; n < length; n++) {
    text += alphabet.charAt(Number(rest % BigInt(alphabet.length)));
    rest /= BigInt(alphabet.length);
  }
  return text;
}

export function addressHmac({ addressKeys }: Secrets, address: string): string {
  return createHmac('sha256', addressKeys[0]).update(address).digest('hex');
}

/** Under every key that is known, the newest first: for what was kept before a rotation. */
export function addressHmacs({ addressKeys }: Secrets, text: string): readonly string[] {
  return everyHmac(addressKeys, text);
}

function everyHmac(keys: readonly string[], text: string): string[] {
  return keys.map(key => createHmac('sha256', key).update(text).digest('hex'));
}

export interface Pointer { readonly requestId: string; readonly sendNo: number }

/** Finds the request of a token or code that somebody has. Rows hold the HMAC, so a copy of the table opens no link. */
export async function findLink({ work }: Pick<CaseDeps, 'work'>, { linkKeys }: Secrets, token: string): Promise<Pointer | undefined> {
  const rows = await Promise.all(everyHmac(linkKeys, token).map(hash => work.get(linkPartition(hash), hash)));
  const row = rows.find(found => found !== undefined);
  return row && { requestId: String(row.fields['requestId']), sendNo: Number(row.fields['sendNo']) };
}

/** Written before a text leaves, so that a link that was received is always known. Repeating it is harmless. */
export async function keepLink({ work }: Pick<CaseDeps, 'work'>, { linkKeys }: Secrets, token: string, pointer: Pointer): Promise<void> {
  const hash = createHmac('sha256', linkKeys[0]).update(token).digest('hex');
  await insertOnce(work, { partitionKey: linkPartition(hash), rowKey: hash, fields: { ...pointer } });
}

function linkPartition(hash: string): string {
  return `link|${hash.slice(0, 2)}`;
}

async function insertOnce(work: CaseDeps['work'], row: { partitionKey: string; rowKey: string; fields: Record<string, string | number | boolean> }): Promise<void> {
  try {
    await work.transact([{ do: 'insert', row }]);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

/** Addresses that nobody texts, over all areas and without a name or an area (goodsam.md 21.4). */
export async function isUnsafe({ work }: Pick<CaseDeps, 'work'>, { addressKeys }: Secrets, about: { readonly address: string | undefined; readonly addressHmac: string; readonly now: string }): Promise<boolean> {
  const hashes = new Set([about.addressHmac, ...(about.address === undefined ? [] : everyHmac(addressKeys, about.address))]);
  const rows = await Promise.all([...hashes].map(hash => work.get('unsafeContact', hash)));
  return rows.some(row => row !== undefined && row.fields['until'] !== '' && String(row.fields['until']) > about.now);
}

const twelveMonths = 365 * 24 * 60 * 60 * 1000;

export async function listUnsafe({ work }: Pick<CaseDeps, 'work'>, hmac: string, now: Date): Promise<void> {
  await change(work, hmac, { at: now.toISOString(), until: new Date(now.getTime() + twelveMonths).toISOString() });
}

/** By a person with authority and a reason only; that is checked where it is ordered (goodsam.md 21.4). */
export async function clearUnsafe({ work }: Pick<CaseDeps, 'work'>, hmac: string, now: Date): Promise<void> {
  await change(work, hmac, { at: now.toISOString(), until: '' });
}

async function change(work: CaseDeps['work'], hmac: string, fields: Record<string, string>): Promise<void> {
  for (;;) {
    const row = await work.get('unsafeContact', hmac);
    const next = { partitionKey: 'unsafeContact', rowKey: hmac, fields };
    try {
      await work.transact([row ? { do: 'update', row: next, etag: row.etag } : { do: 'insert', row: next }]);
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}
