import { adaptiveCard, textBlock, type AdaptiveCard } from '../../../../shared/domain/card.ts';
import { londonShort } from '../../../../shared/domain/london.ts';
import { cardLabelOf, type RiskSettings } from '../risk/settings.ts';
import { rankOf, type RiskLevel } from '../terms.ts';

/** A row of a list as a card may show it (N01): reference, initials, age, level, what is next and when. Of a protected case only the reference and the level. */
export interface DigestRow {
  readonly recordId: string;
  readonly ref: string;
  readonly owner: string;
  readonly level: RiskLevel;
  readonly initials: string;
  readonly age: string;
  readonly dueAt: string;
}

export interface DigestFacts {
  /** Open cases, in any order. */
  readonly open: readonly DigestRow[];
  /** Return interviews that are overdue. */
  readonly interviews: readonly DigestRow[];
  readonly coordinator: string | undefined;
}

export interface Digest {
  readonly to: string;
  readonly open: readonly DigestRow[];
  readonly interviews: readonly DigestRow[];
}

/** A card shows so many of each kind; the rest is a number and stands in the app. */
const shownRows = 15;

/** One digest a person (N19): the coordinator gets everything that is open and the interviews that are overdue, an owner the cases of their own. Who has nothing open gets none. */
export function digestsOf({ open, interviews, coordinator }: DigestFacts): Digest[] {
  const urgentFirst = open.toSorted((a, b) => rankOf(b.level) - rankOf(a.level) || (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
  const owners = [...new Set(urgentFirst.map(({ owner }) => owner))].filter(owner => owner !== coordinator && owner !== '');
  const own = owners.map(to => ({ to, open: urgentFirst.filter(({ owner }) => owner === to), interviews: [] }));
  const whole = coordinator === undefined || open.length + interviews.length === 0 ? [] : [{ to: coordinator, open: urgentFirst, interviews }];
  return [...whole, ...own];
}

interface Shown { readonly now: string; readonly risk: Pick<RiskSettings, 'lowestLabel'> }

export function digestCard({ open, interviews }: Digest, { link, ...shown }: Shown & { readonly link: string }): AdaptiveCard {
  const { now } = shown;
  const late = open.filter(({ dueAt }) => dueAt !== '' && dueAt < now).length;
  const body = [
    textBlock(`${open.length} open, ${late} with something overdue`), ...linesOf(open, shown),
    ...(interviews.length > 0 ? [textBlock(`Return interviews overdue: ${interviews.length}`, { weight: 'Bolder' }), ...linesOf(interviews, shown)] : []), textBlock(londonShort(now), { isSubtle: true }),
  ];
  return adaptiveCard('Missing persons: your open cases', body, [{ type: 'Action.OpenUrl', title: 'Open the list', url: link }]);
}

function linesOf(rows: readonly DigestRow[], shown: Shown) {
  const lines = rows.slice(0, shownRows).map(row => textBlock(lineOf(row, shown)));
  return rows.length > shownRows ? [...lines, textBlock(`and ${rows.length - shownRows} more in the list`)] : lines;
}

function lineOf({ ref, initials, age, level, dueAt }: DigestRow, { now, risk }: Shown): string {
  const due = dueAt === '' ? '' : `${dueAt < now ? 'overdue since' : 'next due'} ${londonShort(dueAt)}`;
  return [ref, initials, age, cardLabelOf(level, risk), due].filter(part => part !== '').join(', ');
}
