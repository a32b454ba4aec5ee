import { areas } from '../../functions/goodsam/rules/areas.ts';
import { transitions } from '../../functions/goodsam/rules/machine.ts';
import { areaOutcomes, detailOf, offenceDisclosed, sideEnds, type OutcomeDetail } from '../../functions/goodsam/rules/outcomes.ts';

/** What the page must know to offer only what the service may take: the service's own tables, never a copy of them. */
export const linkRules = {
  areas, transitions, sideEnds, offenceDisclosed,
  details: Object.fromEntries(Object.values(areaOutcomes).flat().map((code): [string, OutcomeDetail] => [code, detailOf(code)])),
} as const;
