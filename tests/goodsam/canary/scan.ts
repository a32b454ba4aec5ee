import { contentsOf, packedRow } from '../../support/storage.ts';

/** One thing that was kept, sent or written, by where it stands. */
export interface Place { readonly at: string; readonly text: string }

/** What must stand nowhere but where it belongs, by what it is. */
export type Canaries = ReadonlyMap<string, string>;

/** Every place that holds a canary, in any of the spellings in which it could be there: as it is, in lower case, percent-encoded, base64, JSON, and a number without its country code. */
export function leaks(places: readonly Place[], canaries: Canaries): string[] {
  const wanted = [...canaries].map(([what, canary]) => ({ what, spellings: spellingsOf(canary) }));
  return places.flatMap(({ at, text }) => {
    const lower = text.toLowerCase();
    return wanted.filter(({ spellings }) => spellings.some(({ text: one, isExact }) => (isExact ? text : lower).includes(one))).map(({ what }) => `${what} in ${at}`);
  });
}

function spellingsOf(canary: string): { readonly text: string; readonly isExact: boolean }[] {
  const plain = [canary, encodeURIComponent(canary), JSON.stringify(canary).slice(1, -1), ...(/^\+44\d+$/.test(canary) ? [canary.slice(3)] : [])];
  // Base64 of the middle holds whatever stands before it: three offsets, without the letters that neighbours change.
  const encoded = [0, 1, 2].map(n => Buffer.from(`${'x'.repeat(n)}${canary}`).toString('base64').slice(n === 0 ? 0 : n + 1).replace(/=+$/, '').slice(0, -2));
  // A token is told by its capitals.
  const isExact = /^[A-Za-z0-9]{8,12}$/.test(canary);
  return [...plain.map(text => ({ text: isExact ? text : text.toLowerCase(), isExact })), ...encoded.map(text => ({ text, isExact: true }))];
}

/** Rows of the tables: lists, claims, pointers, and of each case its operations and its audit; and apart from them its state, where personal data may stand. */
export async function rowsOf(connectionString: string): Promise<{ readonly open: Place[]; readonly guarded: Place[] }> {
  const open: Place[] = [];
  const guarded: Place[] = [];
  for (const [at, row] of await contentsOf(connectionString)) {
    if (at.startsWith('blob/')) continue;
    const isPacked = /"json0"/.test(row);
    const place = { at, text: isPacked ? JSON.stringify(packedRow(row)) : row };
    if (at.startsWith('work/') || /^cases\/[^/]+\/(?:audit|op)\|/.test(at)) open.push(place, { at: `the name of ${at.slice(0, 12)}`, text: at });
    else guarded.push(place);
  }
  return { open, guarded };
}

/** The text of each message that was put into a queue, out of the XML that the client sends. */
export function messagesOf(calls: readonly { readonly service: string; readonly method: string; readonly path: string; readonly body?: string | undefined }[]): Place[] {
  return calls.filter(({ service, method, path }) => service === 'queue' && method === 'POST' && /\/messages(?:\?|$)/.test(path))
    .map(({ path, body = '' }) => ({ at: `a message of ${path.split('?')[0] ?? ''}`, text: Buffer.from(/<MessageText>([^<]*)</.exec(body)?.[1] ?? '', 'base64').toString() }));
}
