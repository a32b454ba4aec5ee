import { card, doneCard, expiredCard, type CardView } from '../../../functions/goodsam/card.ts';
import { area, cardKind, type Area } from '../../../functions/goodsam/rules/terms.ts';
import type { AdaptiveCard } from '../../../shared/domain/card.ts';

export const viewOf = (of: Area): CardView => ({
  requestId: '01980000-0000-7000-8000-000000000001', caseEtag: '"7"', ref: 'GS-7K3M-9QXT', area: of, at: '2026-09-30T13:30:00.000Z', dueAt: '2026-12-01T09:05:00.000Z',
  deepLink: 'https://apps.powerapps.example/play/live-links?requestId=01980000-0000-7000-8000-000000000001',
});

export interface Sample { readonly name: string; readonly area: Area; readonly made: AdaptiveCard }

/** Every kind of card in every area, and what replaces a card. */
export const samples: readonly Sample[] = area.options.flatMap(of => [
  ...cardKind.options.map(kind => ({ name: `${kind} ${of}`, area: of, made: card(kind, viewOf(of)) })),
  { name: `done ${of}`, area: of, made: doneCard(viewOf(of), { collar: '4711', at: '2026-09-30T13:45:00.000Z' }) },
  { name: `expired ${of}`, area: of, made: expiredCard(viewOf(of)) },
]);
