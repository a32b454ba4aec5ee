import * as z from 'zod';
import { role, spanType, taxonomy, type Role, type Span, type SpanType } from './detect/types.ts';

/** What a policy wants done with a type: take it out, ask a person, or leave it. */
export const treatment = z.enum(['redact', 'review', 'keep']);
export type Treatment = z.infer<typeof treatment>;

export const policyName = z.enum(['disclosure-to-CPS', 'subject-access', 'freedom-of-information', 'custom']);
export type PolicyName = z.infer<typeof policyName>;

/** A policy: one treatment for every type, and where the role changes it. */
export const policy = z.strictObject({
  name: policyName,
  types: z.record(spanType, treatment),
  roles: z.array(z.strictObject({ type: spanType, role, treatment, why: z.string().min(1) })).readonly(),
});
export type Policy = z.infer<typeof policy>;

/** A force's own table over one of the three: only what differs. */
export const customPolicy = z.strictObject({
  base: policyName.exclude(['custom']),
  types: z.partialRecord(spanType, treatment).optional(),
  roles: z.array(z.strictObject({ type: spanType, role, treatment, why: z.string().min(1) })).optional(),
});

type Groups = Readonly<Record<keyof typeof taxonomy, Treatment>>;

/** Every type gets its group's treatment, then `exceptions`. */
function table(groups: Groups, exceptions: Readonly<Partial<Record<SpanType, Treatment>>>): Policy['types'] {
  const pairs = Object.entries(taxonomy).flatMap(([group, types]) => types.map(type => [type, exceptions[type] ?? groups[groupName.parse(group)]]));
  return z.record(spanType, treatment).parse(Object.fromEntries(pairs));
}
const groupName = z.enum(['person', 'officer', 'contact', 'address', 'date', 'governmentId', 'policeId', 'finance', 'device', 'specialCategory', 'demographic', 'nonPersonal', 'term']);

/**
 * Material for the prosecutor: names, offence dates and case references are the case; contact details, addresses, birth dates and identifiers
 * that nobody needs are not (Joint Principles for Redaction: proportionate, and DG6: unused material keeps its sense).
 */
const disclosureToCps: Policy = {
  name: 'disclosure-to-CPS',
  types: table(
    {
      person: 'review', officer: 'keep', contact: 'redact', address: 'redact', date: 'keep', governmentId: 'redact', policeId: 'keep', finance: 'redact',
      device: 'review', specialCategory: 'review', demographic: 'review', nonPersonal: 'review', term: 'redact',
    },
    { DATE_OF_BIRTH: 'redact', AGE: 'review', LOCATION_IDENTIFYING: 'review', WARRANT_NUMBER: 'redact', NOMIS_NUMBER: 'review', IP_ADDRESS: 'review', HANDLE: 'review', URL: 'review' },
  ),
  roles: [
    { type: 'PERSON', role: 'suspect', treatment: 'keep', why: 'the defendant is named to the prosecutor' },
    { type: 'PERSON', role: 'officer', treatment: 'keep', why: 'officers act in public office' },
    { type: 'PERSON', role: 'child', treatment: 'redact', why: 'a child who is not a party needs no naming; a reviewer restores one who is' },
    { type: 'PERSON', role: 'third-party', treatment: 'redact', why: 'not needed for the case' },
  ],
};

/** DPA 2018 s45 and schedule 2 paragraph 16: the subject's own data stays (allow list), everyone else's goes unless it is reasonable to give it. */
const subjectAccess: Policy = {
  name: 'subject-access',
  types: table(
    {
      person: 'redact', officer: 'review', contact: 'redact', address: 'redact', date: 'keep', governmentId: 'redact', policeId: 'review', finance: 'redact',
      device: 'redact', specialCategory: 'review', demographic: 'review', nonPersonal: 'redact', term: 'redact',
    },
    { DATE_OF_BIRTH: 'redact', AGE: 'review', LOCATION_IDENTIFYING: 'review', COLLAR_NUMBER: 'review', WARRANT_NUMBER: 'redact', DATE_OF_DEATH: 'review' },
  ),
  roles: [
    { type: 'PERSON', role: 'officer', treatment: 'review', why: 'an officer acting as such is usually named; a covert one never' },
    { type: 'PERSON', role: 'staff', treatment: 'review', why: 'a professional acting as such is usually named (schedule 2 paragraph 17)' },
  ],
};

/** FOIA 2000 s40(2): to the world, so no personal data of anyone; seniority of an officer is a person's judgement; s30 and s31 for tactics. */
const freedomOfInformation: Policy = {
  name: 'freedom-of-information',
  types: table(
    {
      person: 'redact', officer: 'redact', contact: 'redact', address: 'redact', date: 'keep', governmentId: 'redact', policeId: 'redact', finance: 'redact',
      device: 'redact', specialCategory: 'review', demographic: 'review', nonPersonal: 'redact', term: 'redact',
    },
    { DATE_OF_BIRTH: 'redact', DATE_OF_DEATH: 'redact', AGE: 'redact', URL: 'review', EXHIBIT_REFERENCE: 'review' },
  ),
  roles: [],
};

const standard: Readonly<Record<Exclude<PolicyName, 'custom'>, Policy>> = {
  'disclosure-to-CPS': disclosureToCps, 'subject-access': subjectAccess, 'freedom-of-information': freedomOfInformation,
};

/** One of the three policies by name. */
export const standardPolicy = (name: Exclude<PolicyName, 'custom'>): Policy => standard[name];

/** A force's own policy over its base; its rows for a role come first. Throws a ZodError when it is not one. */
export function readCustomPolicy(input: unknown): Policy {
  const { base, types = {}, roles = [] } = customPolicy.parse(input);
  return policy.parse({ name: 'custom', types: { ...standard[base].types, ...types }, roles: [...roles, ...standard[base].roles] });
}

/**
 * What the policy says of a span. What detection was not sure of (`review`) is never redacted unseen: it goes to a person, unless the
 * policy keeps the type. A literal term is a person's order and is always redacted.
 */
export function treat(by: Policy, found: Pick<Span, 'type' | 'role' | 'source' | 'action'>): Treatment {
  if (found.source === 'term') return 'redact';
  const wanted = roleTreatment(by, found.type, found.role) ?? by.types[found.type];
  return wanted === 'redact' && found.action === 'review' ? 'review' : wanted;
}

function roleTreatment(by: Policy, type: SpanType, who: Role): Treatment | undefined {
  return by.roles.find(row => row.type === type && row.role === who)?.treatment;
}
