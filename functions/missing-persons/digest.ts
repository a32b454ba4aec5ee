import { tryTransact } from '../../shared/azure/store.ts';
import { sendIfReachable } from '../../shared/cards.ts';
import { londonDate, londonTime } from '../../shared/domain/london.ts';
import type { MissingDeps } from './deps.ts';
import { readWhole, type WholeRow } from './readWhole.ts';
import { digestCard, digestsOf, type DigestRow } from './rules/lists/digest.ts';
import { boardList, rhiList } from './rules/lists/names.ts';
import { riskLevel } from './rules/terms.ts';

type Deps = Pick<MissingDeps, 'cards' | 'roster' | 'settings' | 'appUrl'> & { readonly cases: Pick<MissingDeps['cases'], 'work' | 'now'> };
const partitionKey = 'missing-digest';
/** A host that died over it is taken over from after this; what it had sent is known by its key and only updated. */
const giveUpMs = 5 * 60_000;
const sendMs = 60_000;

/** The digest of the day (N19), from its hour in London on: once, whatever the number of hosts; late after an outage, but never of a day that has gone. Returns how many cards were sent. */
export async function sendDigest(deps: Deps): Promise<number> {
  const now = deps.cases.now().toISOString();
  const { hour, minute } = londonTime(now);
  if (`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` < deps.settings.notices.digestAt) return 0;
  const date = londonDate(now);
  if (!await claim(deps, date, now)) return 0;
  const [board, interviews, people] = await Promise.all([readWhole(deps.cases, boardList), readWhole(deps.cases, rhiList), deps.roster()]);
  const coordinator = people.MFH_COORD ?? people.FIM;
  const overdue = interviews.filter(({ fields }) => String(fields['doneDueAt']) < now).map(({ caseId, fields }) => rowOf({ caseId, fields: { ...fields, nextDueAt: fields['doneDueAt'] ?? '' } }));
  let sent = 0;
  for (const digest of digestsOf({ open: board.map(rowOf), interviews: overdue, coordinator })) {
    const content = digestCard(digest, { now, link: deps.appUrl(''), risk: deps.settings.risk });
    if (await sendIfReachable(deps.cards, { userObjectId: digest.to }, { content, key: `missing-digest|${date}|${digest.to}`, signal: AbortSignal.timeout(sendMs) })) sent += 1;
  }
  await finish(deps, date);
  return sent;
}

function rowOf({ caseId, fields }: WholeRow): DigestRow {
  const word = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  return { recordId: caseId, ref: word('ref'), owner: word('owner'), level: riskLevel.parse(fields['level']), initials: word('initials'), age: word('age'), dueAt: word('nextDueAt') };
}

/** One row a day: whoever makes it, or takes it over from a host that is silent, sends. */
async function claim({ cases: { work } }: Deps, date: string, now: string): Promise<boolean> {
  const before = await work.get(partitionKey, date);
  const isOurs = !before || (before.fields['isDone'] !== true && Date.parse(now) - Date.parse(String(before.fields['at'])) >= giveUpMs);
  if (!isOurs) return false;
  const row = { partitionKey, rowKey: date, fields: { at: now, isDone: false } };
  return await tryTransact(work, [before ? { do: 'update', row, etag: before.etag } : { do: 'insert', row }]);
}

async function finish({ cases: { work } }: Deps, date: string): Promise<void> {
  const mine = await work.get(partitionKey, date);
  if (mine) await work.transact([{ do: 'update', row: { partitionKey, rowKey: date, fields: { ...mine.fields, isDone: true } }, etag: mine.etag }]);
}
