import type { Candidate, Role } from './types.ts';

/** Words that, close before a name, say whose it is; the nearest wins. Domain knowledge. */
const cues: readonly (readonly [Role, RegExp])[] = [
  ['suspect', /(?<!\p{L})(?:suspect|defendant|accused|offender|perpetrator|assailant|attacker|arrested|detainee|appellant)(?!\p{L})/giu],
  ['victim', /(?<!\p{L})(?:victim|complainant|injured party|aggrieved|deceased|ip)(?!\p{L})/giu],
  ['witness', /(?<!\p{L})(?:witness|witnesses|informant|caller|bystander)(?!\p{L})/giu],
  ['child', /(?<!\p{L})(?:child|children|son|daughter|baby|toddler|juvenile|pupil|infant|schoolgirl|schoolboy)(?!\p{L})/giu],
  ['officer', /(?<!\p{L})(?:officer|constable|sergeant|inspector|colleague|pc|dc|ps|ds)(?!\p{L})/giu],
  ['staff', /(?<!\p{L})(?:nurse|doctor|gp|solicitor|social worker|paramedic|teacher|headteacher|interpreter|appropriate adult|judge|counsel|clinician|consultant|surgeon)(?!\p{L})/giu],
  ['third-party', /(?<!\p{L})(?:mother|father|mum|dad|neighbour|friend|partner|wife|husband|boyfriend|girlfriend|brother|sister|landlord|manager|employer|ex-partner|aunt|uncle)(?!\p{L})/giu],
];

const reach = 40;

/** The role that the text before (or in apposition after) a person's span shows, else the span's own. Stays within its sentence. */
export function withRole(text: string, candidate: Candidate): Candidate {
  if (candidate.type !== 'PERSON' || candidate.role !== 'unknown') return candidate;
  const before = text.slice(Math.max(0, candidate.start - reach), candidate.start).replace(/^.*(?:[.!?]\s(?!$)|\n\n)/s, '');
  const found = nearest(before);
  return found ? { ...candidate, role: found } : candidate;
}

function nearest(window: string): Role | null {
  let at = -1;
  let role: Role | null = null;
  for (const [named, pattern] of cues) {
    for (const match of window.matchAll(pattern)) {
      if (match.index > at) {
        at = match.index;
        role = named;
      }
    }
  }
  return role;
}
