import type { Command, Effect, RedactionCase, decide } from '../../../functions/redaction/decide.ts';
import { moves } from '../../../functions/redaction/moves.ts';
import { documentKey, type Document } from '../../../functions/redaction/state.ts';
import { bundle, commands, documentId, ravi, rita, sam } from './builders.ts';

export type Decide = typeof decide;
const people = [sam, rita, ravi] as const;
/** A second document with the same history must never notice what happens to the first. */
const neighbourId = 'zzzzzzzz22';
const names = Object.keys(moves).filter(isMove);
const ids = ['s000001', 's000002', 's000003', 's000009'] as const;
const suggestions = [{ suggestionId: 's000001', textHash: 'aaaa', action: 'auto' }, { suggestionId: 's000002', textHash: 'aaaa', action: 'review' }, { suggestionId: 's000003', textHash: 'bbbb', action: 'review' }] as const;

/** What the test remembers by its own means, from the accepted commands alone. */
interface Shadow {
  decisions: { readonly by: string; readonly id?: string; readonly text?: string }[];
  seen: Set<number>;
  approvals: Map<number, string>;
}

export interface Run { readonly faults: string[]; readonly stages: ReadonlySet<string>; readonly refusals: ReadonlySet<string> }

/** Plays numbers as commands against `decide` and names every broken invariant. */
export function play(decideIt: Decide, numbers: readonly number[]): Run {
  const faults: string[] = [];
  const stages = new Set<string>();
  const refusals = new Set<string>();
  const shadow: Shadow = { decisions: [], seen: new Set(), approvals: new Map() };
  let current: RedactionCase = start(decideIt);
  numbers.forEach((number, n) => {
    const before = documentOf(current);
    const command = commandOf(number, before);
    const by = people[Math.floor(number / 7) % 3] ?? sam;
    const answer = decideIt(current, command, { by, now: new Date(1_750_000_000_000 + n * 1000).toISOString(), roles: [] });
    if (answer.kind === 'refused') {
      refusals.add(answer.code);
      return;
    }
    const after = documentOf(answer.next);
    remember(shadow, command, { by, after });
    faults.push(...faultsOf({ before, after, command, by, effects: answer.effects, shadow }));
    if (answer.next.parts[documentKey(neighbourId)] !== current.parts[documentKey(neighbourId)]) faults.push('another document changed');
    stages.add(after.stage);
    current = answer.next;
  });
  return { faults, stages, refusals };
}

function start(decideIt: Decide): RedactionCase {
  let current: RedactionCase = { state: { ...bundle, documentIds: [] }, parts: {} };
  for (const id of [documentId, neighbourId]) {
    const answer = decideIt(current, { do: 'AddDocument', documentId: id, fileName: 'a.pdf', bytes: 3, sha256: 'a'.repeat(64) }, { by: sam, now: '2025-06-15T15:00:00.000Z', roles: [] });
    if (answer.kind === 'refused') throw new Error(answer.code);
    current = answer.next;
  }
  return current;
}

function documentOf(current: RedactionCase): Document {
  const found = current.parts[documentKey(documentId)];
  if (!found) throw new Error('the document is gone');
  return found;
}

/** Three times of four a command that the stage allows, so that the runs go deep; else any. A step of the system may name an older version. */
function commandOf(number: number, document: Document): Command {
  const fitting = names.filter(name => moves[name].from.some(stage => stage === document.stage) && name !== 'WithdrawDocument');
  const pool = number % 4 === 0 || fitting.length === 0 ? names : fitting;
  const name = pool[Math.floor(number / 32) % pool.length] ?? 'ViewPages';
  const command = commands[name];
  const salt = Math.floor(number / 1024);
  if (command.do === 'DecideSuggestion') return { ...command, suggestions, suggestionId: ids[salt % 4] ?? 's000001', scope: salt % 3 === 0 ? 'this' : 'same-text', decision: salt % 2 === 0 ? 'accepted' : 'rejected' };
  if (command.do === 'ViewPages') return { ...command, fromPage: 1 + (salt % 3), toPage: 1 + (salt % 4) };
  if (command.do === 'AddMarks') return { ...command, marks: command.marks.slice(salt % 5 === 0 ? 1 : 0) };
  if ('version' in command) return { ...command, version: salt % 8 === 0 ? document.version - 1 : document.version };
  return command;
}

function isMove(name: string): name is keyof typeof moves {
  return Object.hasOwn(moves, name);
}

function remember(shadow: Shadow, command: Command, { by, after }: { by: string; after: Document }): void {
  if (command.do === 'DecideSuggestion') {
    const text = suggestions.find(suggestion => suggestion.suggestionId === command.suggestionId)?.textHash;
    shadow.decisions.push(command.scope === 'this' || text === undefined ? { by, id: command.suggestionId } : { by, text });
  }
  // What an undo took away is read from the length: a mark or a decision, never both.
  if (command.do === 'UndoDecision' && after.decisions.length < shadow.decisions.length) shadow.decisions.splice(shadow.decisions.findLastIndex(entry => entry.by === by), 1);
  if (command.do === 'ViewPages') for (let page = command.fromPage; page <= command.toPage; page++) shadow.seen.add(page);
  if (command.do === 'ReopenDocument') shadow.seen.clear();
  if (command.do === 'ApproveDocument') shadow.approvals.set(after.version, by);
}

interface Step { readonly before: Document; readonly after: Document; readonly command: Command; readonly by: string; readonly effects: readonly Effect[]; readonly shadow: Shadow }

function faultsOf(step: Step): string[] {
  const { before, after, command, effects, shadow } = step;
  const open = suggestions.filter(({ suggestionId, textHash }) => !shadow.decisions.some(entry => entry.id === suggestionId || entry.text === textHash)).length;
  const checks: Readonly<Record<string, boolean>> = {
    'stage outside the table': isInTable(before, after, command),
    'a withdrawn or refused document moved': before.stage !== 'withdrawn' && (before.stage !== 'refused' || after.stage === 'withdrawn'),
    'version did not go up by one at reopening alone': after.version === before.version + (command.do === 'ReopenDocument' ? 1 : 0),
    'a result of an older version entered': !('version' in command) || command.version === before.version,
    'undecided is not what a recount says': after.pages === 0 || after.undecided === open,
    'an effect without its reason': effects.length === (command.do === 'ApproveDocument' ? 1 : 0) && effects.every(effect => effect.kind === 'burn' && effect.version === after.version),
    ...(command.do === 'ApproveDocument' && approvalChecks(step, open)),
    ...(command.do === 'ReleaseDocument' && releaseChecks(step)),
  };
  return Object.entries(checks).filter(([, holds]) => !holds).map(([name]) => name);
}

function isInTable(before: Document, after: Document, command: Command): boolean {
  if (!isMove(command.do)) return false;
  const { from, to } = moves[command.do];
  return from.some(stage => stage === before.stage) && to === after.stage;
}

function approvalChecks({ after, shadow }: Step, open: number): Record<string, boolean> {
  return {
    'approved with something undecided': open === 0,
    'approved with pages unseen': [1, 2, 3].every(page => shadow.seen.has(page)),
    'approved though nobody knows its pages': after.pages > 0 && after.pagesSha !== undefined,
  };
}

function releaseChecks({ before, after, by, shadow }: Step): Record<string, boolean> {
  const approver = shadow.approvals.get(before.version);
  return {
    'released by one person': approver !== undefined && approver !== by && after.approvedBy === approver && after.releasedBy === by,
    'released without a verified copy': after.outputSha !== undefined && after.certificateSha !== undefined,
  };
}
