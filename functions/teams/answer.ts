import { createHash } from 'node:crypto';
import type { InvokeReply } from '../../shared/azure/teams.ts';
import { canonicalJson } from '../../shared/domain/canonical.ts';
import { executed, refusals, submitted, type Activity, type CardActionHandler, type CardActions, type CardReply, type RefusalCode, type ReplyStore, type StaffPerson, type StoredReply, type TeamsRefusal } from './contract.ts';

export interface AnswerDeps {
  readonly tenants: readonly string[];
  readonly staff: { find(objectId: string): Promise<StaffPerson | undefined> };
  readonly actions: CardActions;
  readonly replies: ReplyStore;
  /** Rejects when the row could not be written; the delivery fails then, and Teams shows that it did. */
  readonly audit: (refusal: TeamsRefusal) => Promise<void>;
  readonly now: () => Date;
}

type Refuse = (code: RefusalCode, more?: Partial<TeamsRefusal>) => Promise<InvokeReply>;

interface Act {
  readonly activityId: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, string>>;
}

const statusCodes = {
  'token-refused': 401, 'tenant-refused': 403, 'staff-unknown': 403, 'answer-reused': 409, 'verb-unknown': 400, 'answer-unreadable': 400, 'action-refused': 403, 'card-stale': 409,
} as const satisfies Record<RefusalCode, number>;

/** Answers a button on a card (goodsam.md 21.35): whose tenant, who, which answer was given before, and only then the room's own decision. */
export async function answerCard(received: Activity, deps: AnswerDeps): Promise<InvokeReply> {
  const ids = idsOf(received);
  const refuse: Refuse = async (code, more = {}) => {
    await deps.audit({ code, ...ids, ...more });
    return failed(code);
  };
  const foreign = foreignTenant(received, deps.tenants);
  if (foreign !== undefined) return await refuse('tenant-refused', foreign === '' ? {} : { tenantId: foreign });
  const person = ids.objectId === undefined ? undefined : await deps.staff.find(ids.objectId);
  if (!person) return await refuse('staff-unknown');
  const act = actOf(received);
  if (!act) return await refuse('answer-unreadable');
  const handler = Object.hasOwn(deps.actions, act.verb) ? deps.actions[act.verb] : undefined;
  if (!handler) return await refuse('verb-unknown');

  return await answerOnce({ act, person, handler }, deps, refuse);
}

/** One answer for one activity id: the first one stays, and another one under the same id is refused. */
async function answerOnce({ act, person, handler }: { act: Act; person: StaffPerson; handler: CardActionHandler }, deps: AnswerDeps, refuse: Refuse): Promise<InvokeReply> {
  const asked = { objectId: person.objectId, verb: act.verb, dataHash: createHash('sha256').update(canonicalJson(act.data)).digest('hex') };
  const before = await deps.replies.get(act.activityId);
  if (before) return isSame(before, asked) ? shown(before.reply) : await refuse('answer-reused', { verb: act.verb });
  const reply = await handler({ person, data: act.data, activityId: act.activityId, now: deps.now() });
  if (reply.statusCode !== 200) await deps.audit({ code: reply.statusCode === 403 ? 'action-refused' : 'card-stale', activityId: act.activityId, objectId: person.objectId, verb: act.verb });
  const stored = await deps.replies.put(act.activityId, { ...asked, reply });
  return isSame(stored, asked) ? shown(stored.reply) : await refuse('answer-reused', { verb: act.verb });
}

function idsOf({ id, from }: Activity): Pick<TeamsRefusal, 'activityId' | 'objectId'> {
  return { ...(id !== undefined && { activityId: id }), ...(from.aadObjectId !== undefined && { objectId: from.aadObjectId }) };
}

/** Undefined when every tenant that the activity names is one of ours; else the foreign one, or '' when none is named. */
export function foreignTenant({ conversation, channelData }: Activity, tenants: readonly string[]): string | undefined {
  const named = [conversation.tenantId, channelData?.tenant?.id].filter(tenant => tenant !== undefined);
  return named.length === 0 ? '' : named.find(tenant => !tenants.includes(tenant));
}

function actOf({ type, id, value }: Activity): Act | undefined {
  if (id === undefined) return undefined;
  if (type === 'message') {
    const read = submitted.safeParse(value);
    if (!read.success) return undefined;
    const { verb, ...data } = read.data;
    return { activityId: id, verb, data };
  }
  const read = executed.safeParse(value);
  return read.success ? { activityId: id, ...read.data.action } : undefined;
}

function isSame(stored: StoredReply, asked: Omit<StoredReply, 'reply'>): boolean {
  return stored.objectId === asked.objectId && stored.verb === asked.verb && stored.dataHash === asked.dataHash;
}

/** Also a stale answer carries a card, so that the person sees what is true now. */
function shown({ statusCode, card }: CardReply): InvokeReply {
  return { status: 200, body: { statusCode, type: 'application/vnd.microsoft.card.adaptive', value: card } };
}

function failed(code: RefusalCode): InvokeReply {
  return { status: 200, body: { statusCode: statusCodes[code], type: 'application/vnd.microsoft.error', value: { code, message: refusals[code] } } };
}
