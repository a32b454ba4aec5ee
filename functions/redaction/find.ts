import { sha256 } from '../../shared/case/keys.ts';
import { boxesOfSpan } from './burn/locate/boxes.ts';
import type { LocatedPage } from './burn/locate/located.ts';
import { placesOf } from './burn/prepare.ts';
import { detect } from './detect/detect.ts';
import { foldWord } from './detect/fold.ts';
import type { Span } from './detect/types.ts';
import { standardPolicy, treat } from './policy.ts';
import type { Bundle } from './state.ts';
import type { Suggestion } from './suggestions.ts';

/** Parts two pages: no pattern reaches over it. */
const gap = '\n\n\n';

/**
 * Everything to suggest in a document. The pages are read as one text, so that a name found on the last page is also found on the first; the engine's own
 * hits of the literal terms come too, for it also sees form values and annotations.
 */
export function findSuggestions(bundle: Pick<Bundle, 'bundleId' | 'terms' | 'keepTerms' | 'policy'>, pages: readonly LocatedPage[]): Suggestion[] {
  const { spans } = detect(pages.map(page => page.text).join(gap), { terms: bundle.terms, allow: bundle.keepTerms });
  const policy = standardPolicy(bundle.policy);
  let from = 0;
  let next = 0;
  const found: Omit<Suggestion, 'suggestionId'>[] = [];
  for (const page of pages) {
    const end = from + page.text.length;
    const mine: Pick<Span, 'start' | 'end' | 'type' | 'role' | 'source' | 'score' | 'action'>[] = [];
    for (let span = spans[next]; span && span.start < end; span = spans[++next]) {
      const treatment = treat(policy, span);
      if (treatment !== 'keep') mine.push({ ...span, start: span.start - from, end: Math.min(span.end, end) - from, action: treatment === 'redact' ? 'auto' : 'review' });
    }
    const missed = page.terms.filter(term => !mine.some(span => span.start <= term.start && span.end >= term.end))
      .map(term => ({ ...term, type: 'TERM' as const, role: 'unknown' as const, source: 'term' as const, score: 1, action: 'auto' as const }));
    found.push(...[...mine, ...missed].sort((a, b) => a.start - b.start).map(span => describe(bundle, page, span)));
    from = end + gap.length;
  }
  return found.map((suggestion, n) => ({ suggestionId: `s${String(n + 1).padStart(6, '0')}`, ...suggestion }));
}

function describe(bundle: Pick<Bundle, 'bundleId' | 'policy'>, page: LocatedPage, span: Pick<Span, 'start' | 'end' | 'type' | 'role' | 'source' | 'score' | 'action'>): Omit<Suggestion, 'suggestionId'> {
  const { start, end, type, role, source, score, action } = span;
  const text = page.text.slice(start, end);
  return {
    page: page.page, start, end, text, textHash: textHashOf(bundle.bundleId, text), type, role, source, score, action,
    boxes: boxesOfSpan(placesOf(page), start, end).map(({ left, top, right, bottom }) => ({ left, top, right, bottom })),
  };
}

/** Equal for texts that differ only in case, accents and spacing; bound to the bundle, so that it cannot be looked up elsewhere. */
export function textHashOf(bundleId: string, text: string): string {
  return sha256(`${bundleId}\n${text.split(/\s+/u).map(foldWord).join(' ')}`).slice(0, 20);
}
