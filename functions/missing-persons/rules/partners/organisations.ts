import * as z from 'zod';
import { recipient } from './recipients.ts';

const id = recipient.shape.recipientId;

/** A partner organisation whose people may sign in (15.2 item 28): by Entra guest (`members`, object ids) or by a magic link to an address that was verified. */
export const organisation = z.strictObject({
  organisationId: id, kind: z.enum(['LA', 'CARE_PROVIDER']), name: z.string().min(1).max(200),
  /** Local authorities whose children an LA is for. */
  areas: z.array(z.string().min(1).max(100)).max(20),
  /** `placementProviderId` of the homes that a care provider runs. */
  providerIds: z.array(id).max(200),
  members: z.array(z.guid()).max(1_000),
  addresses: z.array(z.strictObject({ address: z.email().max(320), verifiedOn: z.iso.date().optional() })).max(100),
});
export type Organisation = z.infer<typeof organisation>;

/** Who asks: a guest of Entra, or the holder of a magic link. */
export type PartnerIdentity = { readonly objectId: string } | { readonly address: string };

/** The organisation that this person belongs to; an address that nobody verified belongs to none, and neither does somebody whom two organisations list. */
export function organisationOf(register: readonly Organisation[], who: PartnerIdentity): Organisation | undefined {
  const found = register.filter(one => ('objectId' in who
    ? one.members.some(member => member.toLowerCase() === who.objectId.toLowerCase())
    : one.addresses.some(({ address, verifiedOn }) => verifiedOn !== undefined && address.toLowerCase() === who.address.trim().toLowerCase())));
  return found.length === 1 ? found[0] : undefined;
}

/** Faults of the register by name: an id, a member or an address twice, an authority without an area, a provider without a home. */
export function checkOrganisations(register: readonly Organisation[]): string[] {
  return [
    ...twice(register.map(one => one.organisationId)).map(one => `${one}: twice in the register`),
    ...twice(register.flatMap(one => one.members.map(member => member.toLowerCase()))).map(one => `member ${one}: in two places`),
    ...twice(register.flatMap(one => one.addresses.map(({ address }) => address.toLowerCase()))).map(() => 'an address stands in two places'),
    ...twice(register.flatMap(one => one.providerIds)).map(one => `provider ${one}: in two organisations`),
    ...register.filter(one => one.kind === 'LA' && one.areas.length === 0).map(one => `${one.organisationId}: an authority without an area`),
    ...register.filter(one => one.kind === 'CARE_PROVIDER' && one.providerIds.length === 0).map(one => `${one.organisationId}: a provider without a home`),
  ];
}

const twice = (all: readonly string[]): string[] => all.filter((one, at) => all.indexOf(one) !== at);
