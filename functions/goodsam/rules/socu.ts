import * as z from 'zod';

const person = z.string().regex(/^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/);

/** SOCU (7.7): overt contact only; contact with a covert source, or one who may become it, is forbidden on this system. */
export const socuRequest = z.strictObject({
  /** The officer states that the person is no CHIS and no potential CHIS. */
  notChis: z.boolean(),
  /** A second person besides the requester. */
  secondPerson: person,
  /** Entra object ids of those who may view, by name and never by group. */
  namedViewers: z.array(person).min(1).max(20),
});
export type SocuRequest = z.output<typeof socuRequest>;

export type SocuResult = { readonly ok: true } | { readonly ok: false; readonly code: 'NOT_OVERT' | 'ELIGIBILITY_FAILED'; readonly why: string };

/** Whether the request may go to the detective inspector; authority is always needed (17). */
export function checkSocu(request: SocuRequest, requester: string): SocuResult {
  if (!request.notChis) return { ok: false, code: 'NOT_OVERT', why: 'This contact is not allowed on this system.' };
  if (sameId(request.secondPerson, requester)) return { ok: false, code: 'ELIGIBILITY_FAILED', why: 'The second person must be someone else.' };
  return { ok: true };
}

/** Whether this user may view: the requester and the viewers by name. A role alone never suffices, and there is no VIEW_SHARE. */
export function maySocuView(user: string, requester: string, request: Pick<SocuRequest, 'namedViewers'>): boolean {
  return [requester, ...request.namedViewers].some(id => sameId(id, user));
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
