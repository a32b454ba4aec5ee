import * as z from 'zod';
import { protocolSettings } from './intake/protocols.ts';
import { noticeSettings } from './notices/settings.ts';
import { organisation } from './partners/organisations.ts';
import { recipient } from './partners/recipients.ts';
import { outagePackSettings } from './outage/settings.ts';
import { personSettings } from './person/person.ts';
import { repeatSettings } from './person/repeats.ts';
import { regionSettings } from './regions/settings.ts';
import { retentionSettings } from './closure/retention.ts';
import { reviewSettings } from './reviews/settings.ts';
import { place } from './search/place.ts';
import { riskSettings } from './risk/settings.ts';
import { taskSettings } from './tasks/settings.ts';

const hours = z.number().min(0.25).max(168);

/**
 * Everything of the workflow that a force may set (13). A force's file holds what differs and nothing else; who changed it, and who agreed, is the history of that file. It is checked at the
 * start, and the start ends with the name of what is wrong.
 */
export const missingSettings = z.strictObject({
  /** Stands in every case reference, `MP/CHS/2026/000123`. */
  forceCode: z.string().regex(/^[A-Z]{2,4}$/).default('CHS'),
  /** `located.verify.dueHours`: how long a report of "found" may wait for somebody to see the person. */
  verifyHours: z.strictObject({ HIGH: hours, MEDIUM: hours, LOW: hours, VERY_LOW: hours }).default({ HIGH: 1, MEDIUM: 4, LOW: 12, VERY_LOW: 24 }),
  /** Whether a professional who is no officer may verify (C8). */
  allowedProfessionals: z.boolean().default(true),
  /** `debrief.hours`. */
  debriefHours: z.number().min(1).max(720).default(72),
  /** Whether an approved live link is asked for of the room that sends them; without it the owner does it by hand (15.2 item 36). */
  hasLiveLinks: z.boolean().default(true),
  risk: riskSettings.prefault({}), tasks: taskSettings.prefault({}), notices: noticeSettings.prefault({}), person: personSettings.prefault({}), repeats: repeatSettings.prefault({}), protocols: protocolSettings.prefault({}), reviews: reviewSettings.prefault({}), retention: retentionSettings.prefault({}),
  regions: regionSettings.prefault({}), outagePack: outagePackSettings.prefault({}),
  /** The middle of the force's area: where nightfall is worked out when the place last seen has no position (F5). Cheshire: Northwich. */
  area: place.default({ lat: 53.26, lon: -2.52 }),
  /** Whom partners ring back: messages never name an officer's own number. */
  contact: z.strictObject({ name: z.string().min(2).max(100).default('Force control room'), phone: z.string().min(3).max(20).default('101') }).prefault({}),
  /** Verified directory of those who may be told (6.2), and organisations whose members sign in (15.2 item 28). */
  recipients: z.array(recipient).max(500).default([]), organisations: z.array(organisation).max(500).default([]),
});
export type MissingSettings = z.output<typeof missingSettings>;
