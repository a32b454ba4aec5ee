import { lawOf, type Command, type LinkCase } from '../../../../functions/goodsam/decide.ts';
import type { CreateRequest } from '../../../../functions/goodsam/rules/law/create.ts';
import { defaultSettings, type LawSettings } from '../../../../functions/goodsam/rules/law/step.ts';
import type { EventEntry, EventName } from '../../../../functions/goodsam/rules/fold.ts';
import type { Area, CardKind } from '../../../../functions/goodsam/rules/terms.ts';
import type { CardRow, LiveLink, Owed } from '../../../../functions/goodsam/state.ts';
import { linkAgenda } from '../../../../functions/goodsam/work.ts';
import { at, gateAt, officer, request, sergeant } from './requests.ts';

interface By { readonly by?: string; readonly roles?: readonly string[] }

export interface Desk {
  readonly begun: Owed[];
  readonly link: LiveLink;
  readonly state: LiveLink['progress']['state'];
  now(): string;
  /** The code of the refusal, or `accepted`; the request moves when it is. */
  run(command: Command, by?: By): string;
  must(command: Command, by?: By): void;
  create(area: Area, changes?: Partial<CreateRequest>): Desk;
  /** The agenda until nothing is due: what is owed is begun, timers run out. Gives the keys, in order. */
  settle(): string[];
  pass(seconds: number): string[];
  /** The clock moves and nobody looks. */
  skip(seconds: number): void;
  /** The session of a send was made and its text left. */
  accepted(sendNo?: number): void;
  approve(about?: { readonly overrideTicked: boolean }): string;
  report(on: EventName, about?: Partial<EventEntry>): void;
  cards(kind: CardKind): CardRow[];
}

/** One request under the law alone: a clock, the case, and the effects that were begun. Nothing is stored and nothing is called. */
export function desk(settings: LawSettings = defaultSettings): Desk {
  const law = lawOf(settings);
  const agenda = linkAgenda(settings);
  const begun: Owed[] = [];
  let seconds = 0;
  let current: LinkCase | undefined;
  let events = 0;

  const it: Desk = {
    begun,
    now: () => at(seconds),
    get link(): LiveLink {
      if (!current) throw new Error('there is no request yet');
      return current.state;
    },
    get state() {
      return it.link.progress.state;
    },
    run(command, { by = officer, roles = [] } = {}) {
      const decision = law(current, command, { now: it.now(), by, roles });
      if (decision.kind === 'refused') return decision.code;
      current = decision.next;
      begun.push(...decision.effects);
      return 'accepted';
    },
    must(command, by = {}) {
      const code = it.run(command, by);
      if (code !== 'accepted') throw new Error(`${command.do} was refused: ${code}`);
    },
    create(area, changes = {}) {
      it.must(request(area, changes, it.now()));
      return it;
    },
    settle() {
      const keys: string[] = [];
      for (let item = current && agenda.next(current, it.now()); item; item = current && agenda.next(current, it.now())) {
        if (keys.includes(item.key)) throw new Error(`the agenda goes round: ${item.key}`);
        keys.push(item.key);
        it.must(item.command, { by: 'system' });
      }
      return keys;
    },
    pass(more) {
      seconds += more;
      return it.settle();
    },
    skip(more) {
      seconds += more;
    },
    accepted(sendNo = it.link.progress.sendNo) {
      it.must({ do: 'RecordSend', sendNo, result: { kind: 'accepted', sessionId: `session-${sendNo}`, publicUrl: 'https://provider.example/s' } }, { by: 'system' });
    },
    approve({ overrideTicked } = { overrideTicked: false }) {
      return it.run({ do: 'Authorise', decision: 'APPROVED', overrideTicked, gate: gateAt(it.now()) }, { by: sergeant, roles: [`GoodSam.Authorise.${it.link.area}`] });
    },
    report(on, about = {}) {
      events += 1;
      const event: EventEntry = { kind: 'event', id: `event-${events}`, on, at: it.now(), seq: events, sendNo: it.link.progress.sendNo, ...about };
      it.must({ do: 'Report', events: [event], fixes: [], chat: [], media: 'none', types: [on] }, { by: 'system' });
    },
    cards: kind => it.link.cards.filter(card => card.kind === kind),
  };
  return it;
}

/** A request whose link is out. */
export function sent(area: Area, changes: Partial<CreateRequest> = {}, settings?: LawSettings): Desk {
  const it = desk(settings).create(area, changes);
  if (it.state === 'AUTH_PENDING') it.approve();
  it.accepted();
  return it;
}

/** The person opened it, was let in where that is asked, and agreed to everything. */
export function agreed(it: Desk): Desk {
  const { sendNo } = it.link.progress;
  if (it.link.sends.at(-1)?.neutral) {
    it.must({ do: 'Join', sendNo }, { by: 'public' });
    it.must({ do: 'LetIn' });
  }
  if (it.link.linkOpensAt !== undefined && it.now() < it.link.linkOpensAt) it.skip((Date.parse(it.link.linkOpensAt) - Date.parse(it.now())) / 1000);
  it.must({ do: 'Open', sendNo }, { by: 'public' });
  it.must({ do: 'Agree', sendNo, scope: it.link.mode === 'UPLOAD' ? ['FILES'] : it.link.mode === 'LOCATION' ? ['LOCATION'] : ['VIDEO', 'SOUND'], textVersion: '1.0', locale: 'en-GB', deviceHash: 'd' }, { by: 'public' });
  return it;
}

/** Pictures are coming, or files. */
export function running(area: Area, changes: Partial<CreateRequest> = {}, settings?: LawSettings): Desk {
  const it = agreed(sent(area, changes, settings));
  it.report(it.link.mode === 'UPLOAD' ? 'uploadStarted' : 'mediaStarted');
  return it;
}

/** The caller says on the phone that a text is safe. */
export const confirm = (it: Desk, gate = gateAt(it.now())): string => it.run({ do: 'ConfirmSafe', method: 'LIVE_VOICE', liveCheck: false, onVoiceCall: true, gate });
