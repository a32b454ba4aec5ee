import { refused, type Refusal } from '../../../../shared/domain/decision.ts';
import { present } from '../../../../shared/domain/present.ts';
import type { LiveLink } from '../../state.ts';
import { checkOutcome, isJudgement, type ChecklistAnswer } from '../firearms.ts';
import { plusSeconds } from '../due.ts';
import { checkForensicOutcome, type ScoreForm } from '../forensics.ts';
import { checkNotes } from '../freeText.ts';
import { transitionOf } from '../machine.ts';
import { checkAreaOutcome } from '../outcomes.ts';
import { ownReference } from '../references.ts';
import { tasks } from './consequences.ts';
import { owe, withCommand, writeLine, type Moment, type Step } from './step.ts';
import { notNow } from './staff.ts';

export type OutcomeCommand =
  | { readonly do: 'RecordOutcome'; readonly code: string; readonly detail?: string; readonly notes?: string; readonly attendanceAvoided: boolean; readonly minutesSaved?: number; readonly milesSaved?: number; readonly milesAreEstimate?: boolean }
  | { readonly do: 'SaveChecklist'; readonly answers: readonly ChecklistAnswer[] }
  | { readonly do: 'SaveScore'; readonly score: ScoreForm }
  | { readonly do: 'PasteLine'; readonly lineId: string }
  | { readonly do: 'RecordVisit' };

export function decideOutcome(link: LiveLink, command: OutcomeCommand, moment: Moment): Step | Refusal {
  switch (command.do) {
    case 'RecordOutcome': return recordOutcome(link, command, moment);
    case 'SaveChecklist':
      if (link.area !== 'FAL') return refused('OUTCOME_NOT_ALLOWED', 'The checklist is that of a firearms inspection.');
      if (link.progress.state === 'CLOSED') return notNow(link, 'saveChecklist');
      return { link: { ...link, checklist: [...command.answers] }, facts: [{ what: 'ChecklistSaved', kind: 'alteration', about: { items: command.answers.length } }] };
    case 'SaveScore':
      if (link.area !== 'FOR') return refused('OUTCOME_NOT_ALLOWED', 'The score is that of a forensic triage.');
      if (link.progress.state === 'CLOSED') return notNow(link, 'saveScore');
      return { link: { ...link, score: command.score }, facts: [{ what: 'ScoreSaved', kind: 'alteration' }] };
    case 'RecordVisit':
      if (link.area !== 'FAL' || link.certificateHmac === undefined) return refused('OUTCOME_NOT_ALLOWED', 'Visits are recorded for certificates of firearms licensing.');
      return { link: owe(link, 'note-inspection', link.certificateHmac, 'IN_PERSON'), facts: [{ what: 'VisitRecorded', kind: 'alteration' }] };
    case 'PasteLine':
      return { link: { ...link, lines: link.lines.map(line => (line.lineId === command.lineId && line.status === 'to-paste' ? { ...line, status: 'pasted' as const } : line)) }, facts: [{ what: 'LinePasted', kind: 'alteration', about: { line: command.lineId } }] };
  }
}

/** T22. What the area asks for before an inspection or a triage counts as done comes first (goodsam.md 9 and 21.27, 21.28). */
function recordOutcome(link: LiveLink, command: Extract<OutcomeCommand, { do: 'RecordOutcome' }>, moment: Moment): Step | Refusal {
  const { state } = link.progress;
  if (!transitionOf(state, 'outcomeRecorded')) return notNow(link, 'outcomeRecorded');
  const allowed = checkAreaOutcome(link.area, state, { code: command.code, detail: command.detail }, 'PERSON');
  if (!allowed.ok) return refused(allowed.code, allowed.why);
  const incomplete = allowed.code.startsWith('AUTO_') ? undefined : checkForms(link, allowed.code);
  if (incomplete) return incomplete;
  const { now, by } = moment;
  const notes = command.notes === undefined ? undefined : checkNotes(command.notes);
  if (notes?.ok === false) return refused(notes.code, notes.why);
  const outcome = { ...present({ detail: allowed.detail, minutesSaved: command.minutesSaved, milesSaved: command.milesSaved, milesAreEstimate: command.milesAreEstimate, notes: notes?.text || undefined }), code: allowed.code, attendanceAvoided: command.attendanceAvoided, recordedBy: by, at: now };
  const closed = withCommand({ ...link, outcome }, 'outcomeRecorded', now, { state: 'CLOSED', closedAt: now, ...(link.progress.upload === 'RECEIVED' && { upload: 'CHECKED' }) });
  const told = writeLine(closed, `Live link ${ownReference(link.requestId)}: outcome ${allowed.code}.`, now);
  const noted = noteInspection(recheck(tasks(told, allowed.code, moment), allowed, now), state);
  return { link: noted, facts: [{ what: 'OutcomeRecorded', kind: 'alteration', about: { outcome: allowed.code, detail: allowed.detail ?? '' } }] };
}

function checkForms(link: LiveLink, code: string): Refusal | undefined {
  if (link.area === 'FAL') {
    if (isJudgement(code) && link.progress.state !== 'ENDED') return refused('OUTCOME_NOT_ALLOWED', 'An inspection that was not held cannot be judged.');
    const checked = checkOutcome(link.checklist ?? [], code);
    return checked.ok ? undefined : refused(checked.code, `The checklist does not bear this outcome; see items ${checked.items.join(', ')}.`);
  }
  if (link.area === 'FOR') {
    const checked = checkForensicOutcome(link.score, code);
    return checked.ok ? undefined : refused(checked.code, checked.why);
  }
  return undefined;
}

/** The next renewal inspection of this certificate is then a visit (goodsam.md 21.26). */
function noteInspection(link: LiveLink, from: LiveLink['progress']['state']): LiveLink {
  // Who judges has inspected, even when every report of the provider was lost.
  const wasHeld = from === 'ENDED' && (link.progress.firstMediaAt !== undefined || isJudgement(link.outcome?.code ?? ''));
  if (link.reasonCode !== 'RENEWAL_SECURITY_INSPECTION' || link.certificateHmac === undefined || !wasHeld) return link;
  return owe(link, 'note-inspection', link.certificateHmac, 'REMOTE');
}

/** A remedial period ends with a card, on the day of the recheck (goodsam.md 7.2 F). */
function recheck(link: LiveLink, { code, detail }: { readonly code: string; readonly detail?: string }, now: string): LiveLink {
  if (code !== 'REMEDIAL_REQUIRED') return link;
  return { ...link, recheckDueAt: plusSeconds(now, Number(detail ?? '14') * 24 * 3600) };
}
