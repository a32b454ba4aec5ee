import { createHash } from 'node:crypto';
import * as z from 'zod';
import { sha256 } from '../../shared/case/keys.ts';
import { loadCase } from '../../shared/case/load.ts';
import { refused } from '../../shared/domain/decision.ts';
import { Permanent, type EffectContext } from '../../shared/case/room.ts';
import { lawOf, type Command, type Effect } from './decide.ts';
import type { MissingAgenda, MissingDeps, MissingRoom } from './deps.ts';
import { eraseRecord } from './effects/erase.ts';
import { tellOther } from './effects/links.ts';
import { askForLink } from './effects/liveLink.ts';
import { stepOn } from './effects/stepOn.ts';
import { sendNotice } from './effects/notices.ts';
import { destroyFile, scanFile } from './uploads/store.ts';
import { showPage } from './effects/pages.ts';
import { dueList } from './rules/lists/names.ts';
import { indexRows } from './lists.ts';
import { nextDue } from './rules/law/due.ts';
import type { ResultCommand } from './rules/law/results.ts';
import type { MissingSettings } from './rules/settings.ts';
import { missingPart, missingRecord, owed, type MissingRecord } from './state.ts';

export const queue = 'missing-work';

/** Written by `perform` of this very file and kept in our own table: that it is a command is all that has to be known. */
const told = z.custom<Command>(value => typeof value === 'object' && value !== null && 'do' in value);
const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The room for the storage protocol. What an effect found is the command that records it. */
export function missingRoom(deps: () => MissingDeps, settings: MissingSettings): MissingRoom {
  const room: MissingRoom = {
    name: 'missing', queue, stateSchema: missingRecord, partSchema: missingPart, effectSchema: owed, decide: lawOf(settings, hashText), mayStart: ({ state }, effect) => (state.erased && effect.kind !== 'erase' ? refused('gone', 'This record was deleted.') : undefined),
    index: (_recordId, { state }) => indexRows(state, { settings, hash: deps().hash }),
    // The far side takes a key once; a card that is shown again is the same card.
    repeat: effect => (effect.kind === 'notice' ? 'same-key' : 'safe'),
    async perform(effect, context) {
      return { kind: 'result', result: JSON.stringify(await perform(deps(), room, effect, context)) };
    },
    recordResult: (_effect, result) => told.parse(JSON.parse(result)),
    recordFailure: (effect, code) => ({ do: 'RecordTrouble', kind: effect.kind, about: effect.about, code }),
  };
  return room;
}

/** What a record does by itself: it begins what it owes, then acts on everything that is due. Of many that are due at once the riskiest come first (3.12). */
export function missingAgenda(deps: () => MissingDeps, settings: MissingSettings): MissingAgenda {
  return {
    list: dueList,
    urgency: fields => Number(fields['urgency'] ?? 9),
    next({ state }, now) {
      const [first] = state.owed;
      if (first) return { key: `owed|${first.id}`, name: 'Begin', command: { do: 'Begin', owedId: first.id } };
      const due = nextDue(state, settings);
      if (!due || due.at > now) return undefined;
      const key = `due|${due.key}|${due.at}`;
      const context = { people: {}, looked: {}, id: sha256(`${state.recordId} ${key}`).slice(0, 16) };
      return { key, name: 'Tick', command: { do: 'Tick', context }, lookUp: async () => ({ do: 'Tick', context: { ...context, people: await deps().roster() } }) };
    },
  };
}

async function perform(deps: MissingDeps, room: MissingRoom, effect: Effect, { caseId, operationId, signal }: EffectContext): Promise<ResultCommand> {
  const record = (await loadCase(deps.cases, room, caseId, [])).state?.value;
  if (!record) throw new Permanent('no-case');
  switch (effect.kind) {
    case 'page': return await showPage(deps, { record, pageId: effect.about, signal });
    case 'erase': return await eraseRecord(deps, { caseId, operationId, signal });
    case 'notice': return await sendNotice(deps, room, { caseId, noticeId: effect.about, signal });
    case 'copy-information': return await copyInformation(deps, room, record, effect.about);
    case 'scan-file': return await scanFile(deps, { record, fileId: effect.about, signal });
    case 'destroy-file': return await destroyFile(deps, record, effect.about);
    case 'link': return await tellOther(deps, room, record, { otherId: effect.about, operationId });
    case 'live-link': return await askForLink(deps, { record, effect });
  }
}

/** R6: what the duplicate says that is new goes to the case as an information item; its informant is not lost. Under a name of its own, so that it is added once. */
async function copyInformation(deps: MissingDeps, room: MissingRoom, record: MissingRecord, of: string): Promise<ResultCommand> {
  const text = JSON.stringify({ worries: record.intake.worries, lastSeen: record.intake.lastSeen, lastSeenPlace: record.intake.lastSeenPlace, doneSoFar: record.intake.doneSoFar, informant: record.intake.informant, from: record.recordId });
  const id = `dup-${sha256(record.recordId).slice(0, 16)}`;
  const outcome = await stepOn(deps, room, {
    caseId: of, operationId: id, hash: sha256(text), name: 'AddInformation', by: record.report.by, roles: ['Missing.CALL_HANDLER'], id,
    command: context => ({ do: 'Act', act: { do: 'AddInformation', text, isRestricted: true, clientAt: undefined }, context }),
  });
  if (outcome !== 'committed' && outcome !== 'replayed') throw new Permanent(`copy-${outcome}`);
  return { do: 'RecordDone', kind: 'copy-information' };
}
