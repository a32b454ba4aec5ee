import * as z from 'zod';
import { alertSlice, noAlert } from '../regions/alert.ts';
import { biometricSlice } from '../regions/biometric.ts';
import { circulationSlice, noCirculation } from '../regions/circulation.ts';
import { contactSlice, noContacts } from '../regions/contact.ts';
import { disclosureSlice, noDisclosure } from '../regions/disclosure.ts';
import { enquirySlice, noEnquiries } from '../regions/enquirySlice.ts';
import { ownershipSlice } from '../regions/ownership.ts';
import { noPublicity, publicitySlice } from '../regions/publicitySlice.ts';
import { returnPlacements } from '../regions/returnPlacement.ts';
import { noRhi, rhiSlice } from '../regions/rhi.ts';
import { sightingSlice } from '../regions/sighting.ts';
import { noTransfer, transferSlice } from '../regions/transfer.ts';

const instant = z.string();

/** What somebody agreed to besides the place (6.3): that the informant is told of the finding, or a sharing whose basis is consent. The latest of a kind counts. */
const consent = z.strictObject({ about: z.enum(['STATUS', 'SHARING', 'PUBLICITY']), answer: z.enum(['YES', 'NO']), how: z.string().max(400), by: z.string(), at: instant });

/** When somebody was last told that a thing of a region is due; a timer that fires twice tells once (2.6). */
const reminder = z.strictObject({ key: z.string().max(200), at: instant });

/** The parallel regions of a case (2.5), each absent until it is first used; they stand beside the state of the case and none holds up another. */
export const regionSlices = z.strictObject({
  ownership: ownershipSlice.optional(), transfer: transferSlice.optional(), publicity: publicitySlice.optional(), circulation: circulationSlice.optional(), alert: alertSlice.optional(), enquiries: enquirySlice.optional(), rhi: rhiSlice.optional(),
  sightings: sightingSlice.optional(), contacts: contactSlice.optional(), biometrics: biometricSlice.optional(), disclosure: disclosureSlice.optional(), consents: z.array(consent).max(200).optional(), returnPlacements: returnPlacements.optional(), reminders: z.array(reminder).max(500).optional(),
});
export type RegionSlices = z.infer<typeof regionSlices>;

/** Every region as it stands, with where a new case stands for those that nobody used yet. Ownership has no empty state: see `ownershipOf`. */
export function regionsOf({ regions = {} }: { readonly regions?: RegionSlices | undefined }) {
  return { ...outsideOf(regions), ...keptOf(regions) };
}

const outsideOf = ({ transfer = noTransfer, publicity = noPublicity, circulation = noCirculation, alert = noAlert, enquiries = noEnquiries, rhi = noRhi }: RegionSlices) => ({ transfer, publicity, circulation, alert, enquiries, rhi });
const keptOf = ({ sightings = [], contacts = noContacts, biometrics = [], disclosure = noDisclosure, consents = [], returnPlacements: placements = [], reminders = [] }: RegionSlices) => ({ sightings, contacts, biometrics, disclosure, consents, returnPlacements: placements, reminders });
