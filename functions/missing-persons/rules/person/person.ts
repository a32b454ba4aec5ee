import * as z from 'zod';
import { birth } from '../clock/age.ts';
import { account, agency, associate, care, description, device, education, frequented, genderIdentity, identifiers, medical, officerDefinedEthnicity, personName, photo, selfDefinedEthnicity, vehicle } from './parts.ts';
import { longText, shortText } from './text.ts';
import { orNotKnown } from './unknown.ts';

/**
 * The missing person (3.2). The schema holds the shape and the lengths; `readPerson` of `checkPerson.ts` holds what depends on the day and brings numbers into their normal form.
 * Protocol forms and the trigger plan have modules of their own; counts of episodes are derived and never stored.
 */
export const person = z.strictObject({
  /** Nobody knows who it is: no name and no age are asked for. */
  isUnidentified: z.boolean().optional(),
  names: z.array(personName).max(20),
  dob: orNotKnown(birth).optional(), dobEstimated: z.boolean().optional(),
  sexAtRegistration: orNotKnown(z.enum(['FEMALE', 'MALE', 'INDETERMINATE'])).optional(), genderIdentity: genderIdentity.optional(), genderIdentityText: shortText.optional(),
  ethnicitySelf: orNotKnown(selfDefinedEthnicity).optional(), ethnicityOfficer: officerDefinedEthnicity.optional(),
  nationality: orNotKnown(shortText).optional(), languages: z.array(shortText).max(10).optional(), interpreter: orNotKnown(z.enum(['YES', 'NO'])).optional(), religion: orNotKnown(shortText).optional(), disability: z.array(shortText).max(20).optional(),
  description: description.optional(), clothing: orNotKnown(longText).optional(), carried: orNotKnown(longText).optional(),
  photos: z.array(photo).max(20).optional(), identifiers: identifiers.optional(), devices: z.array(device).max(20).optional(), accounts: z.array(account).max(50).optional(), vehicles: z.array(vehicle).max(10).optional(),
  medical: medical.optional(), care: care.optional(), education: education.optional(), agencies: z.array(agency).max(30).optional(), associates: z.array(associate).max(100).optional(), frequents: z.array(frequented).max(100).optional(),
  homeAddress: orNotKnown(shortText).optional(), triggerPlanId: shortText.optional(),
});
export type Person = z.output<typeof person>;

/** The fields that may be not known: at the edge `xKnown` and `xReason` stand for them (15.2 item 35). */
export const mayBeUnknown = ['dob', 'sexAtRegistration', 'ethnicitySelf', 'nationality', 'interpreter', 'religion', 'clothing', 'carried', 'homeAddress'] as const satisfies readonly (keyof Person)[];

export const personSettings = z.strictObject({
  /** `child.turned18.keepDuties`: who turns 18 while missing keeps the duties owed to a child until closure (3.2, DK). */
  keepDutiesAfter18: z.boolean().default(true),
});
export type PersonSettings = z.output<typeof personSettings>;
