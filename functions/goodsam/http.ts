import type { LoadedCase } from '../../shared/case/load.ts';
import type { Handler } from '../../shared/http/call.ts';
import { runCommand, type CommandCall } from '../../shared/http/command.ts';
import { sha256 } from '../../shared/case/keys.ts';
import { loadCase } from '../../shared/case/load.ts';
import { etagOf } from '../../shared/http/etag.ts';
import { problem } from '../../shared/http/problem.ts';
import type { Caller } from '../../shared/http/caller.ts';
import type * as contract from './contract.ts';
import type { LinkHttp } from './create.ts';
import type { Command, Effect } from './decide.ts';
import { gateOf } from './gate.ts';
import { mayAuthorise, mayKeepEvidence, maySee, mayWork } from './permission.ts';
import { authoriseRole, hiddenAreas } from './rules/roles.ts';
import type { LiveLink, Track } from './state.ts';
import { clearUnsafe as takeOff, listUnsafe } from './tokens.ts';
import { checklistEtag } from './view.ts';

type Rows = LoadedCase<LiveLink, Track>;
type LinkCall = CommandCall & { readonly params: { readonly requestId: string } };
type May = (link: LiveLink, caller: Caller) => boolean;

/** A command about one request: who may give it, If-Match on the request, and where to look afterwards. */
function linkCommand(deps: LinkHttp, call: LinkCall, { may, command, etag }: { readonly may: May; readonly command: (link: LiveLink) => Command | Promise<Command>; readonly etag?: (link: LiveLink) => string }): ReturnType<typeof runCommand> {
  const { requestId } = call.params;
  return runCommand<LiveLink, Track, Command, Effect>(deps.cases, deps.room, call, {
    caseId: requestId, parts: [], ids: { requestId }, location: () => `/api/live-links/${requestId}`,
    mayTouch: (rows: Rows) => rows.state !== undefined && may(rows.state.value, call.caller),
    etag: (rows: Rows) => (etag && rows.state ? etag(rows.state.value) : etagOf(rows.state?.version ?? 0)),
    command: async (rows: Rows) => {
      if (!rows.state) throw problem('not-found', 'There is no such request, or it is not open to you.');
      return await command(rows.state.value);
    },
  });
}

/** Commands that may let a message leave look markers and unsafe contacts up first. */
function gated(deps: LinkHttp, call: LinkCall, { may, command }: { readonly may: May; readonly command: (gate: Awaited<ReturnType<typeof gateOf>>) => Command }): ReturnType<typeof runCommand> {
  return linkCommand(deps, call, { may, command: async link => command(await gateOf(deps, link)) });
}

export function confirmSafe(deps: LinkHttp): Handler<typeof contract.confirmSafe> {
  return call => gated(deps, call, { may: mayWork, command: gate => ({ do: 'ConfirmSafe', ...call.body, gate }) });
}

/** The address is listed at once and again by the request's own effect, so that no crash between the two lets a text go (goodsam.md 21.4). */
export function markUnsafe(deps: LinkHttp): Handler<typeof contract.markUnsafe> {
  return async call => {
    const reply = await linkCommand(deps, call, { may: (link, caller) => mayWork(link, caller) || mayAuthorise(link, caller), command: () => ({ do: 'MarkUnsafe', reason: call.body.reason }) });
    const { state } = await loadCase(deps.cases, deps.room, call.params.requestId, []);
    if (state) await listUnsafe(deps.cases, state.value.addressHmac, deps.cases.now());
    return reply;
  };
}

export function clearUnsafe(deps: LinkHttp): Handler<typeof contract.clearUnsafe> {
  return async call => {
    const reply = await linkCommand(deps, call, { may: maySeeOrSafeguard, command: () => ({ do: 'ClearUnsafe', reason: call.body.reason }) });
    const { state } = await loadCase(deps.cases, deps.room, call.params.requestId, []);
    if (state) await takeOff(deps.cases, state.value.addressHmac, deps.cases.now());
    return reply;
  };
}

/** The list is of all areas, so who may clear it need not be of the area; but a hidden request does not exist for others, here as everywhere (A10). */
function maySeeOrSafeguard(link: LiveLink, caller: Caller): boolean {
  return maySee(link, caller) || (!hiddenAreas.has(link.area) && [authoriseRole('DA'), authoriseRole('FCC')].some(role => caller.roles.includes(role)));
}

export function releaseHold(deps: LinkHttp): Handler<typeof contract.releaseHold> {
  return call => gated(deps, call, { may: mayAuthorise, command: gate => ({ do: 'ReleaseHold', reason: call.body.reason, gate }) });
}

export function authorise(deps: LinkHttp): Handler<typeof contract.authorise> {
  return call => gated(deps, call, {
    may: mayAuthorise,
    command: gate => ({ do: 'Authorise', decision: call.body.decision, overrideTicked: call.body.overrideTicked, gate, ...(call.body.reason !== undefined && { reason: call.body.reason }) }),
  });
}

export function bookSlot(deps: LinkHttp): Handler<typeof contract.bookSlot> {
  return call => gated(deps, call, { may: mayWork, command: gate => ({ do: 'BookSlot', ...call.body, gate }) });
}

export function resend(deps: LinkHttp): Handler<typeof contract.resend> {
  return call => gated(deps, call, { may: mayWork, command: gate => ({ do: 'Resend', gate }) });
}

export function cancel(deps: LinkHttp): Handler<typeof contract.cancel> {
  return call => linkCommand(deps, call, { may: (link, caller) => mayWork(link, caller) || mayAuthorise(link, caller), command: () => ({ do: 'Cancel', reason: call.body.reason }) });
}

export function endSession(deps: LinkHttp): Handler<typeof contract.end> {
  return call => linkCommand(deps, call, { may: maySee, command: () => ({ do: 'End' }) });
}

export function letIn(deps: LinkHttp): Handler<typeof contract.letIn> {
  return call => linkCommand(deps, call, { may: mayWork, command: () => ({ do: 'LetIn' }) });
}

export function reissue(deps: LinkHttp): Handler<typeof contract.reissue> {
  return call => linkCommand(deps, call, { may: mayWork, command: () => ({ do: 'Reissue' }) });
}

export function shareView(deps: LinkHttp): Handler<typeof contract.shareView> {
  return call => linkCommand(deps, call, { may: maySee, command: () => ({ do: 'ShareView', viewer: call.body.viewer }) });
}

export function recordOutcome(deps: LinkHttp): Handler<typeof contract.recordOutcome> {
  return call => linkCommand(deps, call, { may: mayWork, command: () => ({ do: 'RecordOutcome', ...given(call.body) }) });
}

export function recordVisit(deps: LinkHttp): Handler<typeof contract.recordVisit> {
  return call => linkCommand(deps, call, { may: mayWork, command: () => ({ do: 'RecordVisit' }) });
}

function given({ code, detail, notes, attendanceAvoided, minutesSaved, milesSaved }: Parameters<Handler<typeof contract.recordOutcome>>[0]['body']) {
  return {
    code, attendanceAvoided, ...(detail !== undefined && { detail }), ...(notes !== undefined && { notes }), ...(minutesSaved !== undefined && { minutesSaved }), ...(milesSaved !== undefined && { milesSaved }),
  };
}

export function saveChecklist(deps: LinkHttp): Handler<typeof contract.saveChecklist> {
  return call => {
    const items = call.body.answers.map(answer => answer.item);
    if (new Set(items).size !== items.length) throw problem('request-invalid', 'An item is answered twice.');
    return linkCommand(deps, call, { may: mayWork, etag: checklistEtag, command: () => ({ do: 'SaveChecklist', answers: call.body.answers }) });
  };
}

export function saveScore(deps: LinkHttp): Handler<typeof contract.saveScore> {
  return call => linkCommand(deps, call, { may: mayWork, command: () => ({ do: 'SaveScore', score: call.body }) });
}

export function sendChat(deps: LinkHttp): Handler<typeof contract.sendChat> {
  return call => linkCommand(deps, call, { may: mayWork, command: () => ({ do: 'SendChat', chatId: `chat-${sha256(call.idempotencyKey).slice(0, 16)}`, text: call.body.text }) });
}

export function decideEvidence(deps: LinkHttp): Handler<typeof contract.decideEvidence> {
  return call => linkCommand(deps, call, {
    may: mayKeepEvidence,
    command: () => ({ do: 'DecideEvidence', evidenceId: call.params.evidenceId, decision: call.body.decision, reason: call.body.reason, ...(call.body.exhibitRef !== undefined && { exhibitRef: call.body.exhibitRef }) }),
  });
}

export function pasteLine(deps: LinkHttp): Handler<typeof contract.pasteLine> {
  return call => linkCommand(deps, call, { may: mayWork, command: () => ({ do: 'PasteLine', lineId: call.body.lineId }) });
}
