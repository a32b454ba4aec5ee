import type { Case, Facts } from '../../shared/domain/case.ts';
import { accepted, refused, type Decision, type Fact, type Refusal } from '../../shared/domain/decision.ts';
import { moves, stageWords, type Move } from './moves.ts';
import { documentKey, type AddedMark, type Bundle, type DecisionEntry, type Document } from './state.ts';
import { addRange, pagesNotViewed, undecidedCount, type Suggestion } from './suggestions.ts';

export type RedactionCase = Case<Bundle, Document>;
type Keys = readonly Pick<Suggestion, 'suggestionId' | 'textHash' | 'action'>[];
type About = { readonly documentId: string };
/** Steps of the system name the version they worked for: a result for an older one must not enter. */
type Work = About & { readonly version: number };

export type Command =
  | ({ readonly do: 'CreateBundle' } & Pick<Bundle, 'bundleId' | 'caseReference' | 'policy' | 'mode' | 'handling' | 'terms' | 'keepTerms'>)
  | ({ readonly do: 'AddDocument' } & Pick<Document, 'documentId' | 'fileName' | 'bytes' | 'sha256'>)
  | (About & { readonly do: 'DecideSuggestion'; readonly suggestionId: string; readonly scope: 'this' | 'same-text'; readonly suggestions: Keys }
    & Pick<DecisionEntry, 'decision' | 'reasonCode' | 'legalBasis'>)
  | (About & { readonly do: 'UndoDecision'; readonly suggestions: Keys })
  | (About & { readonly do: 'AddMarks'; readonly marks: readonly Omit<AddedMark, 'by' | 'at'>[] })
  | (About & { readonly do: 'ViewPages'; readonly fromPage: number; readonly toPage: number })
  | (About & { readonly do: 'ApproveDocument'; readonly frozenSha: string })
  | (About & { readonly do: 'ReleaseDocument'; readonly recipient: string; readonly reasonCode: string })
  | (About & { readonly do: 'ReopenDocument' | 'WithdrawDocument'; readonly reasonCode: string })
  | (Work & { readonly do: 'RecordScreening' | 'RecordLocating' | 'RecordBurning' | 'RecordVerifying' })
  | (Work & { readonly do: 'RecordLocated'; readonly pages: number; readonly pagesSha: string; readonly suggestionsSha: string; readonly suggestionCount: number; readonly warnings: readonly string[] })
  | (Work & { readonly do: 'RecordBurnt'; readonly outputSha: string; readonly outputBytes: number; readonly certificateSha: string })
  | (Work & { readonly do: 'RecordRefused' | 'RecordFailed'; readonly code: string });

/** Work that is owed to a document; it names the version, so that a later reopening makes it void. */
export interface Effect {
  readonly kind: 'locate' | 'burn';
  readonly documentId: string;
  readonly version: number;
}

type Answer = Decision<RedactionCase, Effect>;
/** Ninety rows a transaction and a page of the schedule: more documents belong into a second bundle. */
export const maxDocuments = 200;
/** Decisions and marks share the document's row, which holds 900 kB in UTF-16 (shared/azure/guard.ts); the longest of each take 550 and 700 bytes. */
export const maxDecisions = 1_000;
export const maxMarks = 400;

/** The law of the room: which command a bundle or document takes in which stage, by whom, and what follows from it. */
export function decide(current: RedactionCase | undefined, command: Command, facts: Facts): Answer {
  if (command.do === 'CreateBundle') return current ? refused('bundle-exists', 'This bundle exists already.') : createBundle(command, facts);
  if (!current) return refused('no-bundle', 'There is no such bundle.');
  if (command.do === 'AddDocument') return addDocument(current, command, facts);
  const document = current.parts[documentKey(command.documentId)];
  if (!document) return refused('no-document', 'There is no such document in this bundle.');
  const move: Move = command.do;
  if ('version' in command && command.version !== document.version) return refused('moved-on', 'The document was reopened since; this work is void.');
  if (!moves[move].from.some(from => from === document.stage)) {
    return refused('wrong-stage', `This cannot be done while the document is ${stageWords[document.stage]}.`);
  }
  return decideDocument(current, { ...document, stage: moves[move].to }, command, facts);
}

function createBundle({ do: name, ...content }: Extract<Command, { do: 'CreateBundle' }>, facts: Facts): Answer {
  const state: Bundle = { kind: 'bundle', ...content, members: [facts.by], createdBy: facts.by, createdAt: facts.now, documentIds: [] };
  return accepted({ state, parts: {} }, [{ what: 'BundleCreated', kind: 'collection', about: { policy: content.policy, mode: content.mode, handling: content.handling } }]);
}

function addDocument(current: RedactionCase, { do: name, ...content }: Extract<Command, { do: 'AddDocument' }>, facts: Facts): Answer {
  const { state } = current;
  if (state.documentIds.length >= maxDocuments) return refused('bundle-full', `A bundle holds ${maxDocuments} documents at most; open a second one.`);
  const document: Document = {
    kind: 'document', ...content, stage: 'received', version: 1, addedBy: facts.by, addedAt: facts.now, pages: 0, suggestionCount: 0, undecided: 0,
    decisions: [], marks: [], viewed: [], warnings: [],
  };
  return accepted(
    { state: { ...state, documentIds: [...state.documentIds, content.documentId] }, parts: { ...current.parts, [documentKey(content.documentId)]: document } },
    [{ what: 'DocumentAdded', kind: 'collection', about: { document: content.documentId, sha256: content.sha256, bytes: content.bytes } }],
    [{ kind: 'locate', documentId: content.documentId, version: 1 }],
  );
}

type DocumentCommand = Exclude<Command, { do: 'CreateBundle' | 'AddDocument' }>;
type StepCommand = Extract<DocumentCommand, { version: number }>;
type Ends = (document: Document, fact: Fact, effects?: Effect[]) => Answer;

/** `next` already stands in the stage to which the command leads. */
function decideDocument(current: RedactionCase, next: Document, command: DocumentCommand, facts: Facts): Answer {
  const ends: Ends = (document, fact, effects = []) => accepted(
    { ...current, parts: { ...current.parts, [documentKey(next.documentId)]: document } },
    [{ ...fact, about: { document: next.documentId, version: document.version, ...fact.about } }], effects,
  );
  return 'version' in command ? recordStep(next, command, ends) : decidePerson(next, command, facts, ends);
}

function decidePerson(next: Document, command: Exclude<DocumentCommand, StepCommand>, facts: Facts, ends: Ends): Answer {
  switch (command.do) {
    case 'DecideSuggestion': return recordDecision(next, command, facts, ends);
    case 'UndoDecision': return undo(next, command, facts, ends);
    case 'AddMarks': return addMarks(next, command, facts, ends);
    case 'ViewPages':
      if (command.fromPage > command.toPage || command.toPage > next.pages) return refused('no-such-page', `The document has ${next.pages} pages.`);
      return ends({ ...next, viewed: addRange(next.viewed, command.fromPage, command.toPage) }, { what: 'PagesViewed', kind: 'none', about: { from: command.fromPage, to: command.toPage } });
    case 'ApproveDocument': return approve(next, command, facts, ends);
    case 'ReleaseDocument': return release(next, command, facts, ends);
    case 'ReopenDocument': return reopen(next, command, ends);
    case 'WithdrawDocument': return ends(next, { what: 'DocumentWithdrawn', kind: 'alteration', about: { reason: command.reasonCode } });
  }
}

/** The system's own steps: what was found enters the document, and its name the audit. */
function recordStep(next: Document, command: StepCommand, ends: Ends): Answer {
  switch (command.do) {
    case 'RecordScreening': return ends(next, { what: 'ScreeningStarted', kind: 'none' });
    case 'RecordLocating': return ends(next, { what: 'DocumentScreened', kind: 'none' });
    case 'RecordBurning': return ends(next, { what: 'BurningStarted', kind: 'none' });
    case 'RecordVerifying': return ends(next, { what: 'DocumentBurnt', kind: 'none' });
    case 'RecordLocated': {
      const { pages, pagesSha, suggestionsSha, suggestionCount, warnings } = command;
      return ends({ ...next, pages, pagesSha, suggestionsSha, suggestionCount, undecided: suggestionCount, warnings: [...warnings] }, { what: 'SuggestionsMade', kind: 'none', about: { pages, suggestions: suggestionCount } });
    }
    case 'RecordBurnt': {
      const { outputSha, outputBytes, certificateSha } = command;
      return ends({ ...next, outputSha, outputBytes, certificateSha }, { what: 'DocumentVerified', kind: 'alteration', about: { sha256: outputSha, certificate: certificateSha } });
    }
    case 'RecordRefused': return ends({ ...next, endCode: command.code }, { what: 'DocumentRefused', kind: 'none', about: { code: command.code } });
    case 'RecordFailed': return ends({ ...next, endCode: command.code }, { what: 'DocumentFailed', kind: 'none', about: { code: command.code } });
  }
}

function recordDecision(next: Document, command: Extract<Command, { do: 'DecideSuggestion' }>, facts: Facts, ends: Ends): Answer {
  const chosen = command.suggestions.find(candidate => candidate.suggestionId === command.suggestionId);
  if (!chosen) return refused('no-suggestion', 'There is no such suggestion in this document.');
  if (next.decisions.length >= maxDecisions) return refused('too-many-decisions', 'This document has too many single decisions; decide equal texts together.');
  const entry: DecisionEntry = {
    ...(command.scope === 'this' ? { suggestionId: chosen.suggestionId } : { textHash: chosen.textHash }),
    decision: command.decision, reasonCode: command.reasonCode, ...(command.legalBasis !== undefined && { legalBasis: command.legalBasis }), by: facts.by, at: facts.now,
  };
  const decisions = [...next.decisions, entry];
  return ends({ ...next, decisions, undecided: undecidedCount(command.suggestions, decisions) },
    { what: command.decision === 'accepted' ? 'SuggestionAccepted' : 'SuggestionRejected', kind: 'alteration', about: { suggestion: command.suggestionId, scope: command.scope, reason: command.reasonCode } });
}

function addMarks(next: Document, { marks }: Extract<Command, { do: 'AddMarks' }>, facts: Facts, ends: Ends): Answer {
  if (!marks.length) return refused('text-not-found', 'The text does not occur in this document.');
  if (next.marks.length + marks.length > maxMarks) return refused('too-many-marks', `A document takes ${maxMarks} added marks at most; this would be one of ${next.marks.length + marks.length}.`);
  const added = marks.map(mark => ({ ...mark, by: facts.by, at: facts.now }));
  return ends({ ...next, marks: [...next.marks, ...added] }, { what: 'MarksAdded', kind: 'alteration', about: { marks: marks.length } });
}

/** Takes back the caller's newest decision, or newest batch of marks, whichever came later. */
function undo(next: Document, command: Extract<Command, { do: 'UndoDecision' }>, facts: Facts, ends: Ends): Answer {
  const at = next.decisions.findLastIndex(entry => entry.by === facts.by);
  const decision = next.decisions[at];
  const mark = next.marks.findLast(candidate => candidate.by === facts.by);
  if (!decision && !mark) return refused('nothing-to-undo', 'You have decided nothing in this document that could be undone.');
  if (mark && (!decision || mark.at > decision.at)) {
    return ends({ ...next, marks: next.marks.filter(candidate => candidate.batch !== mark.batch) }, { what: 'MarksUndone', kind: 'alteration' });
  }
  const decisions = next.decisions.toSpliced(at, 1);
  return ends({ ...next, decisions, undecided: undecidedCount(command.suggestions, decisions) }, { what: 'DecisionUndone', kind: 'alteration' });
}

function approve(next: Document, command: Extract<Command, { do: 'ApproveDocument' }>, facts: Facts, ends: Ends): Answer {
  const unseen = pagesNotViewed(next);
  if (next.undecided > 0) return refused('undecided', `${next.undecided} suggestions still wait for a decision.`);
  if (unseen > 0) return refused('pages-not-viewed', `${unseen} pages have not been viewed yet.`);
  return ends({ ...next, approvedBy: facts.by, approvedAt: facts.now, frozenSha: command.frozenSha },
    { what: 'DocumentApproved', kind: 'alteration', about: { decisions: command.frozenSha } },
    [{ kind: 'burn', documentId: next.documentId, version: next.version }]);
}

function release(next: Document, command: Extract<Command, { do: 'ReleaseDocument' }>, facts: Facts, ends: Ends): Answer {
  // Two people must stand behind a disclosure (redaction.md 2; ASVS 5.0 2.3.5).
  if (next.approvedBy === facts.by) return refused('same-person', 'You approved this document. Another person must release it.');
  return ends({ ...next, releasedBy: facts.by, releasedAt: facts.now, recipient: command.recipient },
    { what: 'DocumentReleased', kind: 'disclosure', about: { recipient: command.recipient, reason: command.reasonCode, sha256: next.outputSha ?? '' } });
}

function reopen(next: Document, command: Extract<Command, { reasonCode: string; do: 'ReopenDocument' | 'WithdrawDocument' }>, ends: Ends): Answer {
  // It failed while it was being located: nobody knows its pages, so an approval would find nothing undecided and nothing unseen.
  if (next.pagesSha === undefined) return refused('never-read', 'This document could not be read, so there is nothing to review. Withdraw it and send it again.');
  return ends(reopened(next), { what: 'DocumentReopened', kind: 'alteration', about: { reason: command.reasonCode } });
}

function reopened(document: Document): Document {
  const { approvedBy, approvedAt, frozenSha, outputSha, outputBytes, certificateSha, releasedBy, releasedAt, recipient, endCode, ...kept } = document;
  return { ...kept, version: document.version + 1, viewed: [] };
}

/** May the work still start? A withdrawn or reopened document makes it void. */
export function mayStart(current: RedactionCase, effect: Effect): Refusal | undefined {
  const document = current.parts[documentKey(effect.documentId)];
  const first: Move = effect.kind === 'locate' ? 'RecordLocated' : 'RecordBurnt';
  if (document?.version === effect.version && moves[first].from.some(from => from === document.stage)) return undefined;
  return refused(document?.stage === 'withdrawn' ? 'withdrawn' : 'moved-on', document?.stage === 'withdrawn' ? 'The document was withdrawn.' : 'The document has moved on.');
}
