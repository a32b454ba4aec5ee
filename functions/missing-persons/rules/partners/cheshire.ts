import type { Channel, RecipientKind } from '../notices/words.ts';
import type { Organisation } from './organisations.ts';
import type { Recipient } from './recipients.ts';

interface Entry {
  readonly recipientId: string;
  readonly kind: RecipientKind;
  readonly name: string;
  readonly channel: Channel;
  readonly address: string;
  readonly region: string;
  readonly organisationId?: string;
}

const areas = [
  { key: 'cheshire-east', name: 'Cheshire East', phone: '01632 960101' }, { key: 'cheshire-west', name: 'Cheshire West and Chester', phone: '01632 960102' },
  { key: 'halton', name: 'Halton', phone: '01632 960103' }, { key: 'warrington', name: 'Warrington', phone: '01632 960104' },
] as const;

const authorities: readonly Entry[] = areas.flatMap(({ key, name, phone }): Entry[] => [
  { recipientId: `la.${key}.children`, kind: 'LA_CHILDREN', name: `${name} children's services`, channel: 'SECURE_MAIL', address: `children.${key}@example.com`, region: name, organisationId: `la.${key}` },
  { recipientId: `la.${key}.portal`, kind: 'LA_CHILDREN', name: `${name} children's services, portal`, channel: 'PORTAL', address: `la.${key}`, region: name, organisationId: `la.${key}` },
  { recipientId: `la.${key}.edt`, kind: 'LA_EDT', name: `${name} emergency duty team`, channel: 'PHONE_LOG', address: phone, region: name, organisationId: `la.${key}` },
  { recipientId: `la.${key}.adults`, kind: 'ADULT_SOCIAL_CARE', name: `${name} adult social care`, channel: 'SECURE_MAIL', address: `adults.${key}@example.com`, region: name, organisationId: `la.${key}` },
]);

const others: readonly Entry[] = [
  { recipientId: 'ukmpu.mail', kind: 'UKMPU', name: 'UK Missing Persons Unit', channel: 'SECURE_MAIL', address: 'ukmpu@example.com', region: 'UK' },
  { recipientId: 'ukmpu.phone', kind: 'UKMPU', name: 'UK Missing Persons Unit, telephone', channel: 'PHONE_LOG', address: '01632 960110', region: 'UK' },
  { recipientId: 'missing-people', kind: 'MISSING_PEOPLE', name: 'Missing People', channel: 'SECURE_MAIL', address: 'missing-people@example.com', region: 'UK' },
  { recipientId: 'nca-cra', kind: 'NCA_CRA', name: 'Child Rescue Alert desk', channel: 'PHONE_LOG', address: '01632 960111', region: 'UK' },
  { recipientId: 'btp', kind: 'BTP', name: 'British Transport Police', channel: 'SECURE_MAIL', address: 'btp@example.com', region: 'UK' },
  { recipientId: 'border-force', kind: 'BORDER_FORCE', name: 'Border Force', channel: 'SECURE_MAIL', address: 'border-force@example.com', region: 'UK' },
  { recipientId: 'coroner.cheshire', kind: 'CORONER', name: 'Coroner for Cheshire', channel: 'PHONE_LOG', address: '01632 960112', region: 'Cheshire' },
  { recipientId: 'home-office.nrm', kind: 'HOME_OFFICE', name: 'National Referral Mechanism', channel: 'PHONE_LOG', address: '01632 960113', region: 'UK' },
  { recipientId: 'force.merseyside', kind: 'FORCE', name: 'Merseyside Police', channel: 'SECURE_MAIL', address: 'merseyside@example.com', region: 'Merseyside' },
  { recipientId: 'force.manchester', kind: 'FORCE', name: 'Greater Manchester Police', channel: 'SECURE_MAIL', address: 'manchester@example.com', region: 'Greater Manchester' },
];

/**
 * Directory of the default force profile, the four authorities of Cheshire among it [S77]. Addresses are examples and telephone numbers are of Ofcom's drama range: a force puts in its own.
 * Without `verifiedOn` (a civil date) nobody has verified anything, so nothing can be sent before somebody has looked.
 */
export function cheshireDirectory(verifiedOn?: string): Recipient[] {
  return [...authorities, ...others].map(entry => ({ ...entry, owner: 'missing.coordinator', ...(verifiedOn !== undefined && { lastVerifiedOn: verifiedOn }) }));
}

/** The four authorities in the register of organisations; their people sign in with a magic link once the address is verified, or as guests whom a force adds. */
export function cheshireOrganisations(verifiedOn?: string): Organisation[] {
  return areas.map(({ key, name }) => ({
    organisationId: `la.${key}`, kind: 'LA', name: `${name} Council`, areas: [name], providerIds: [], members: [],
    addresses: [{ address: `children.${key}@example.com`, ...(verifiedOn !== undefined && { verifiedOn }) }],
  }));
}
