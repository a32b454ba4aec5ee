import * as z from 'zod';
import { fail } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';
import { enquiryEvidence } from './evidenceEnquiry.ts';
import { leadershipEvidence } from './evidenceLeadership.ts';
import { returnEvidence } from './evidenceReturn.ts';

/** What closes a task (column "Evidence to close" of section 4; default "note + outcome", 15.2 item 23). One strict object for each kind; the kind stands in the template. */
export const evidence = z.discriminatedUnion('kind', [...enquiryEvidence, ...leadershipEvidence, ...returnEvidence]);
export type Evidence = z.output<typeof evidence>;
export type EvidenceKind = Evidence['kind'];
export const evidenceKinds: readonly EvidenceKind[] = evidence.options.map(option => option.shape.kind.value);

/** What is asked for, in words that an officer understands. */
const asked: Readonly<Record<EvidenceKind, string>> = {
  NOTE_AND_OUTCOME: 'a note and the outcome', ACK: 'the acknowledgement of the owner in person', PAGES_ANSWERED: 'the answers of all who were paged', ASSESSMENT: 'the number of the assessment that confirms the level',
  AGREED_PLAN: 'when and how it was agreed and the promised next contact', WRITTEN_PLAN: 'the written plan and its latest review time', CHECKLIST: 'an answer to every item of the list', MATCHES: 'the decision on each match',
  SEARCH_RECORD: 'the complete search record, with every room, and when the sergeant was told', MEDIA_AND_CONSENT: 'a photograph or why there is none, the description and the decision on consent', PNC_REF: 'the PNC reference',
  PROTOCOL_FORM: 'the form, or that there is none', REVIEW_SET: 'the time of the next review', MARKER: 'the marker reference, or that there is no vehicle', CCTV: 'the operator and when the footage is overwritten', CONTACT: 'the contact: when, how, with whom',
  NAMED_PERSON: 'the named person', NAMED_OR_WHY_NOT: 'the named person, or why nobody is named', DEPLOYMENT: 'the unit and the time; if late, why', SEARCH_STRATEGY: "the search adviser's reference and the plan",
  CD_DECISION: 'necessity, proportionality, grade and decision', REQUEST: 'the request, or why it was declined', MEDIA_STRATEGY: 'the decision and the publicity checks', AGENCY_TOLD: 'who was told, when, and the reference', DECISION: 'the decision and why',
  HOLDINGS: 'what is held, and that the advice not to clean was given', HYPOTHESES: 'at least two hypotheses', VISIT: 'when and whom you visited', REASSESSMENT: 'the assessment and the next agreed time', REVIEW: 'the review', SIGHTING: 'the sighting and what came of it',
  MEETING: 'the plan and the meeting', PREVENTION_INTERVIEW: 'the interview, or a recorded reason with its approval', WITHDRAWAL: 'every channel and when it was withdrawn', STAND_DOWN: 'who was stood down and when', TOLD_AGAIN: 'who was told again, how and when', RHI_REFERRAL: 'the authorities and when they were referred to',
  RHI_OUTCOME: 'how the interview stands', REFERRALS: 'the references, or "none identified" by name', DISPOSAL: 'what was disposed of or returned, or that there was nothing', DEBRIEF: 'what was learned, who owns it and by when', WATCH: 'how the case stands at the other force',
};

/** What a kind of evidence asks for, in words that follow "give". */
export function evidenceAsked(kind: EvidenceKind): string {
  return asked[kind];
}

/** What is missing from evidence, as sentences; fields are named, contents are not repeated. */
export function evidenceFailures(kind: EvidenceKind, given: unknown, rule: string): Failure[] {
  const parsed = evidence.safeParse(given);
  if (parsed.success && parsed.data.kind === kind) return [];
  const fields = parsed.success ? [] : [...new Set(parsed.error.issues.map(({ path }) => path.map(String).join('.')).filter(path => path !== '' && path !== 'kind'))];
  const where = fields.length > 0 ? ` Look at: ${fields.join(', ')}.` : '';
  return [fail('EVIDENCE_MISSING', rule, `To finish this, give ${asked[kind]}.${where}`)];
}
