import * as z from 'zod';
import { flagCode, riskLevel } from '../terms.ts';
import { ukmpuRow } from './ukmpu/row.ts';

const instant = z.iso.datetime();
const line = z.string().min(1).max(400);
const freeText = z.string().min(1).max(8_000);

/** A text that was written to leave and that somebody approved; no other prose goes to an outside body (section 3: "free text is never sent"). */
const approvedText = z.strictObject({ text: z.string().min(1).max(2_000), approvedBy: z.string().min(1).max(100), approvedAt: instant });

/** One line of the coordinator's digest (N19). */
const digestRow = z.strictObject({ caseRef: line, risk: riskLevel, link: line, isRhiOverdue: z.boolean() });

/**
 * All that a record could give to a notice, allowed or not: the builder is handed everything and lets out the allow-list only, so that no caller has to know what may leave.
 * Lists of the record's own words (conditions, associates) stand here as they are; `circumstances`, `riskRationale` and the like are officers' free text.
 */
export const noticeFacts = z.strictObject({
  caseRef: line,
  forceCode: line.optional(),
  isUnder18: z.boolean(),
  caseStatus: z.enum(['MISSING', 'FOUND']),
  /** A deceased person's condition and place leave only once the SIO has released it (15.1 item 14). */
  isDeceased: z.boolean().default(false),
  isDeathReleased: z.boolean().default(false),
  risk: riskLevel.optional(),
  nextContactAt: instant.optional(),
  task: line.optional(),
  link: line.optional(),
  digest: z.array(digestRow).max(500).optional(),
  fullName: line.optional(),
  knownAs: z.array(line).optional(),
  dob: z.iso.date().optional(),
  age: z.number().int().min(0).max(120).optional(),
  sex: line.optional(),
  ethnicity: line.optional(),
  nationality: line.optional(),
  homeAddress: line.optional(),
  heightCm: z.number().int().min(30).max(250).optional(),
  build: line.optional(),
  hair: line.optional(),
  eyes: line.optional(),
  photoRef: line.optional(),
  approvedDescription: approvedText.optional(),
  vehicleVrm: line.optional(),
  lastSeenAt: instant.optional(),
  lastSeenPlace: line.optional(),
  missingFrom: line.optional(),
  placementName: line.optional(),
  placementAddress: line.optional(),
  careStatus: line.optional(),
  responsibleLa: line.optional(),
  socialWorkerName: line.optional(),
  socialWorkerPhone: line.optional(),
  school: line.optional(),
  flags: z.array(flagCode).optional(),
  officerName: line.optional(),
  officerPhone: line.optional(),
  officerEmail: line.optional(),
  officerUnit: line.optional(),
  medicalConditions: z.array(line).optional(),
  medication: z.array(line).optional(),
  mentalHealth: line.optional(),
  healthQuestion: approvedText.optional(),
  intelligence: freeText.optional(),
  informantName: line.optional(),
  informantPhone: line.optional(),
  informantNotes: freeText.optional(),
  parentName: line.optional(),
  parentContact: line.optional(),
  thirdParties: z.array(line).optional(),
  associates: z.array(line).optional(),
  suspect: line.optional(),
  crimeRefs: z.array(line).optional(),
  communicationsData: line.optional(),
  circumstances: freeText.optional(),
  circumstancesSummary: approvedText.optional(),
  handoverSummary: approvedText.optional(),
  riskRationale: freeText.optional(),
  childSaid: freeText.optional(),
  foundAt: instant.optional(),
  foundPlace: line.optional(),
  foundCondition: line.optional(),
  returnedAt: instant.optional(),
  returnPlace: line.optional(),
  rhiDueAt: instant.optional(),
  mobileNumber: line.optional(),
  biometricsHeld: z.array(line).optional(),
  pncRef: line.optional(),
  coronerRef: line.optional(),
  nrmRef: line.optional(),
  appeal: approvedText.extend({ photoRef: line.optional(), expiresAt: instant }).optional(),
  ukmpu: ukmpuRow.optional(),
});
export type NoticeFacts = z.infer<typeof noticeFacts>;
