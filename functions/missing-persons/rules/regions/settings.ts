import * as z from 'zod';

const minutes = z.number().min(1).max(10_080);
const byLevel = z.strictObject({ HIGH: minutes, MEDIUM: minutes, LOW: minutes, VERY_LOW: minutes });

/** A word that an appeal must not have (6.4), or that somebody must have looked at. */
const appealWord = z.strictObject({ word: z.string().min(2).max(60), kind: z.enum(['DIAGNOSIS', 'CARE_STATUS', 'EXPLOITATION', 'SUICIDE_METHOD']), isRefused: z.boolean() });
export type AppealWord = z.infer<typeof appealWord>;

const words = (kind: AppealWord['kind'], isRefused: boolean, list: string): AppealWord[] => list.split(', ').map(word => ({ word, kind, isRefused }));

/** CFG keys of section 13 that the regions use, with the defaults of the specification. */
export const regionSettings = z.strictObject({
  /** `handover.ack.mins`: how long an offered handover stands [DK]. */
  handoverAckMins: byLevel.default({ HIGH: 10, MEDIUM: 30, LOW: 60, VERY_LOW: 120 }),
  /** `owner.ack.mins`: A01. */
  ownerAckMins: byLevel.default({ HIGH: 10, MEDIUM: 30, LOW: 60, VERY_LOW: 120 }),
  /** 3.8: unassessed sightings; VERY_LOW is taken as LOW [DK]. */
  sightingMins: byLevel.default({ HIGH: 15, MEDIUM: 60, LOW: 240, VERY_LOW: 240 }),
  /** `publicity.expiry.hours`. */
  publicityExpiryHours: z.number().min(1).max(720).default(72),
  /** P04. */
  publicityWithdrawMins: minutes.default(60),
  publicityWords: z.array(appealWord).max(500).default([
    ...words('DIAGNOSIS', true, 'dementia, Alzheimer, schizophrenia, schizophrenic, bipolar, autism, autistic, ADHD, psychosis, psychotic, depression, epilepsy, diabetic, personality disorder, mental health, mentally ill, learning disability, sectioned'),
    ...words('CARE_STATUS', true, 'in care, looked after child, foster, foster carer, children\'s home, care home, care order, placement, LAC'),
    ...words('EXPLOITATION', true, 'exploitation, exploited, county lines, grooming, groomed, trafficked, trafficking, CSE, CCE, drug running'),
    ...words('SUICIDE_METHOD', true, 'overdose, hanging, ligature, jump from, razor, suicide note, noose'),
    ...words('DIAGNOSIS', false, 'medication, vulnerable, confused, hospital'), ...words('CARE_STATUS', false, 'carer, social worker'), ...words('SUICIDE_METHOD', false, 'suicide, suicidal, self-harm, pills'),
  ]),
  /** What an appeal must show besides the reference: the force's number and the charity's helpline. */
  publicityPhones: z.array(z.string().min(3).max(20)).default(['101', '116 000']),
  /** `pnc.hours`: a hard limit that no hold moves (15.1 item 3) [S31][S32]. */
  pncHours: z.number().min(1).max(48).default(48),
  /** `cd.verbal.writeup.hours`. */
  verbalWriteUpHours: z.number().min(1).max(168).default(24),
  /** `rhi.referral.hours`, `rhi.due.hours`, `rhi.adult`. How often P07 asks stands in its template. */
  rhiReferralHours: z.number().min(1).max(72).default(4),
  rhiDueHours: z.number().min(1).max(168).default(72),
  rhiAdult: z.boolean().default(false),
  /** 15.1 item 21: from then on an inspector may do without the council's acknowledgement. */
  rhiOverrideHours: z.number().min(1).max(168).default(72),
});
export type RegionSettings = z.output<typeof regionSettings>;
