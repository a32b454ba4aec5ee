import type { Fact } from '../../../../shared/domain/decision.ts';

/** A step is one transaction of at most 90 rows (storage-protocol 11), each fact of the audit one of them; the state, the head, the operation and the parts need room too. */
const mostFacts = 60;

/**
 * The facts of a step, few enough to be stored in one transaction. One look after an outage of a week finds a hundred reviews missed of a high-risk case, and it must not fail for that: of a kind
 * that is there often, all stand in one fact, each with what it is about. Nothing of the audit is lost.
 */
export function fitting(facts: readonly Fact[]): readonly Fact[] {
  if (facts.length <= mostFacts) return facts;
  const counts = new Map<string, number>();
  for (const { what } of facts) counts.set(what, (counts.get(what) ?? 0) + 1);
  const joined = new Set<string>();
  let left = facts.length;
  for (const [what, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    if (left <= mostFacts) break;
    joined.add(what);
    left -= count - 1;
  }
  return facts.flatMap((fact, n) => {
    if (!joined.has(fact.what)) return [fact];
    const isFirst = facts.findIndex(({ what }) => what === fact.what) === n;
    const all = facts.filter(({ what }) => what === fact.what);
    return isFirst ? [{ what: fact.what, kind: fact.kind, about: { times: all.length, each: JSON.stringify(all.map(({ about }) => about ?? {})) } }] : [];
  });
}
