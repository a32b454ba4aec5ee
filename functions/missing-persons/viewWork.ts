import type * as z from 'zod';
import { present } from '../../shared/domain/present.ts';
import { regionsOf } from './rules/law/regionSlices.ts';
import { isOpenPage } from './rules/law/step.ts';
import type { workItem } from './rules/repliesItem.ts';
import type { MissingRecord } from './state.ts';

type Item = z.output<typeof workItem>;
type Regions = ReturnType<typeof regionsOf>;

/**
 * What goes beside a case and has no list of its own in the view (`viewCase.ts`): appeals, alerts, transfers, contacts, consents, where a found person goes, closed cards, as like rows, oldest first (2.5). An app shows them
 * without knowing each region.
 */
export function workItems(record: MissingRecord): Item[] {
  const regions = regionsOf(record);
  return [...caseItems(record), ...outsideItems(regions), ...keptItems(regions), ...ownerItems(record)].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function caseItems({ casefile, pages, triggerPlan }: MissingRecord): Item[] {
  return [
    ...pages.filter(page => !isOpenPage(page)).map(({ pageId, kind, status, at, dueAt, title, answeredBy }): Item => ({ kind: 'CARD', id: pageId, state: status, at, what: title, detail: kind, ...present({ dueAt, by: answeredBy }) })),
    ...casefile.linked.coMissing.map(({ caseId, ref, isLinked, reason, by, at }): Item => ({ kind: 'LINK', id: caseId, state: isLinked ? 'LINKED' : 'UNLINKED', at, by, what: ref ?? 'A report', detail: reason })),
    ...(triggerPlan ? [{ kind: 'TRIGGER_PLAN' as const, id: triggerPlan.id, state: triggerPlan.state, at: triggerPlan.writtenAt, by: triggerPlan.writtenBy, what: triggerPlan.firstActions.map(({ text }) => text).join('; '), ...present({ dueAt: triggerPlan.reviewOn, detail: triggerPlan.doNot }) }] : []),
  ];
}

function outsideItems({ transfer, publicity: { state, appeal }, circulation, alert, rhi }: Regions): Item[] {
  return [
    ...transfer.offers.map(({ toForce, offeredAt, offeredBy, reason }, n): Item => ({ kind: 'TRANSFER', id: `transfer-${n + 1}`, state: n === transfer.offers.length - 1 ? transfer.state : 'OVER', at: offeredAt, by: offeredBy, what: toForce, detail: reason })),
    ...(appeal ? [{ kind: 'APPEAL' as const, id: 'appeal', state, at: appeal.proposedAt, by: appeal.proposedBy, what: appeal.text, detail: appeal.channels.map(channelWords).join('; '), ...present({ dueAt: appeal.expiresAt }) }] : []),
    ...(circulation.requestedAt === undefined ? [] : [{ kind: 'CIRCULATION' as const, id: 'circulation', state: circulation.state, at: circulation.requestedAt, what: circulation.typeText ?? 'Police National Computer', ...present({ by: circulation.requestedBy, detail: circulation.reference }) }]),
    ...alert.decisions.map(({ what, by, at, reason }, n): Item => ({ kind: 'ALERT', id: `alert-${n + 1}`, state: what, at, by, what: reason })),
    ...rhi.referrals.map(({ authority, referredAt, by, acknowledgedAt }): Item => ({ kind: 'RETURN_INTERVIEW', id: 'return-interview', state: rhi.state, at: referredAt, by, what: authority, ...present({ dueAt: rhi.required?.doneDueAt, detail: acknowledgedAt === undefined ? 'not acknowledged' : undefined }) })),
  ];
}

const channelWords = ({ channel, publishedAt, withdrawnAt }: { readonly channel: string; readonly publishedAt?: string | undefined; readonly withdrawnAt?: string | undefined }): string => `${channel}: ${withdrawnAt !== undefined ? 'down' : publishedAt !== undefined ? 'up' : 'not out'}`;

function keptItems({ contacts, disclosure, consents, returnPlacements }: Regions): Item[] {
  return [
    ...contacts.contacts.map(({ id, at, by, direction, summary, withId, promisedNextAt }): Item => ({ kind: 'CONTACT', id, state: direction, at, by, what: summary, detail: withId, ...present({ dueAt: promisedNextAt }) })),
    ...disclosure.adult.map(({ answer, by, at, how }, n): Item => ({ kind: 'CONSENT', id: `place-${n + 1}`, state: answer, at, by, what: 'PLACE', detail: how })),
    ...disclosure.child.map(({ withheldFrom, by, at, authority, reason }, n): Item => ({ kind: 'CONSENT', id: `child-${n + 1}`, state: withheldFrom.length > 0 ? 'NO' : 'YES', at, by, what: `PLACE by ${authority}`, detail: reason })),
    ...returnPlacements.map(({ to, isSafeToReturn, transportedBy, receivedBy, detail, by, at }, n): Item => ({
      kind: 'RETURN_PLACEMENT', id: `return-${n + 1}`, state: isSafeToReturn ? 'SAFE' : 'NOT_SAFE', at, by, what: [to, transportedBy, receivedBy].flatMap(part => part ?? []).join('; '), ...present({ detail }),
    })),
    ...consents.map(({ about, answer, by, at, how }, n): Item => ({ kind: 'CONSENT', id: `consent-${n + 1}`, state: answer, at, by, what: about, detail: how })),
  ];
}

function ownerItems({ regions }: MissingRecord): Item[] {
  const { offer, handovers = [] } = regions?.ownership ?? {};
  return [
    ...handovers.map(({ fromUser, toUser, offeredAt, outcome }, n): Item => ({ kind: 'HANDOVER', id: `handover-${n + 1}`, state: outcome, at: offeredAt, by: fromUser, what: toUser })),
    ...(offer ? [{ kind: 'HANDOVER' as const, id: 'handover', state: 'OFFERED', at: offer.offeredAt, dueAt: offer.lapsesAt, what: offer.to.userId, detail: offer.form.summary }] : []),
  ];
}
