import { present } from '../../../../shared/domain/present.ts';
import type { MissingRecord } from '../../state.ts';
import type { ActsOf } from '../bodies/fields.ts';
import type { workBodies } from '../bodies/work.ts';
import { reasonFailures, unless } from '../machine/moment.ts';
import { begin, change, note, owe, type Moment, type Step, type Stepped } from './step.ts';

type Link = MissingRecord['casefile']['linked']['coMissing'][number];
const mostLinks = 50;

/** What another case says of a link with this one. */
export interface HeardLink { readonly from: string; readonly ref?: string; readonly link: Link }

const linksOf = ({ casefile: { linked } }: MissingRecord): readonly Link[] => linked.coMissing;

function withLink(record: MissingRecord, link: Link): Step {
  const { casefile } = record;
  const coMissing = [...linksOf(record).filter(({ caseId }) => caseId !== link.caseId), link];
  return note(change(begin(record), { casefile: { ...casefile, linked: { ...casefile.linked, coMissing } } }), link.isLinked ? 'CasesLinked' : 'CasesUnlinked', 'alteration', { other: link.caseId });
}

/** Two people who went missing together (3.1, 15.4). The other case hears of it and says the same; nothing else of either is changed by it. */
export function linkCases(record: MissingRecord, { otherId, step, reason }: ActsOf<typeof workBodies>['LinkCases'], { now, by, id, looked }: Moment): Stepped {
  const isLinked = step === 'LINK';
  const known = linksOf(record).find(({ caseId }) => caseId === otherId);
  const failures = [
    ...unless(otherId !== record.recordId, 'FIELD_INVALID', '3.1', 'A case is not missing together with itself.'),
    ...unless(looked.other !== undefined, 'NOT_FOUND', '3.1', 'There is no such report or case, or you may not open it.'),
    ...unless((known?.isLinked ?? false) !== isLinked, 'GUARD_UNMET', '3.1', isLinked ? 'These cases are linked already.' : 'These cases are not linked.'),
    ...unless(known !== undefined || linksOf(record).length < mostLinks, 'GUARD_UNMET', '3.1', 'This case has as many links as it can hold.'), ...reasonFailures(reason, '3.1'),
  ];
  if (failures.length > 0) return failures;
  return owe(withLink(record, { caseId: otherId, isLinked, reason, by, at: now, ...looked.other }), 'link', otherId, id);
}

/** Of two words on a link the later one counts, whichever comes first. */
export function hearLink(record: MissingRecord, { from, ref, link }: HeardLink): Step {
  const known = linksOf(record).find(({ caseId }) => caseId === from);
  if ((known && known.at >= link.at) || (!known && linksOf(record).length >= mostLinks)) return begin(record);
  const { isLinked, reason, by, at } = link;
  return withLink(record, { caseId: from, isLinked, reason, by, at, ...present({ ref }) });
}
