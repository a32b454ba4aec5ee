import type { Needle, PageHits } from './job.ts';
import type { LocatedPage } from './locate/located.ts';
import { merge, type Span } from './locate/terms.ts';
import { bareFold, countIn, plainFold, prepareNeedles } from './verify/needles.ts';
import type { Box } from './types.ts';

/** The spans to hide on each page, as the burner takes them. */
export function hitsOf(pages: readonly LocatedPage[], spansOf: (page: LocatedPage) => readonly Span[]): PageHits[] {
  return pages.flatMap(page => {
    const spans = merge(spansOf(page));
    return spans.length === 0 ? [] : [{ page: page.page, textHash: page.textHash, spans, boxes: [] }];
  });
}

/**
 * The strings that must be gone from the finished file: each literal term anywhere, and each hidden piece as often as it was hidden (a
 * person may have kept it elsewhere).
 */
export function needlesOf(pages: readonly LocatedPage[], hits: readonly PageHits[], terms: readonly string[]): Needle[] {
  const spansOf = new Map(hits.map(hit => [hit.page, hit.spans]));
  const pieces = new Set(pages.flatMap(page => (spansOf.get(page.page) ?? []).map(span => page.text.slice(span.start, span.end))));
  const kept = pages.map(page => blank(page.text, spansOf.get(page.page) ?? [])).map(text => ({ plain: plainFold(text), bare: bareFold(text) }));
  const found = [...pieces].map((text): Needle => {
    const needle = { text, allowed: 0, isWhole: true };
    const [hunted] = prepareNeedles([needle]);
    return { ...needle, allowed: hunted === undefined ? 0 : kept.reduce((sum, page) => sum + countIn(page, hunted), 0) };
  });
  return [...terms.map(text => ({ text, allowed: 0, isWhole: false })), ...found];
}

function blank(text: string, spans: readonly Span[]): string {
  let out = '';
  let at = 0;
  for (const span of spans) {
    out += `${text.slice(at, span.start)}\n`;
    at = span.end;
  }
  return out + text.slice(at);
}

/** The boxes of the units of a located page, as `boxesOfSpan` takes them. */
export function placesOf(page: LocatedPage): (Box | undefined)[] {
  return Array.from({ length: page.boxes.length / 4 }, (_, unit) => {
    const [left = -1, top = -1, right = -1, bottom = -1] = page.boxes.slice(4 * unit, 4 * unit + 4);
    return right < 0 && left < 0 ? undefined : { left: left / 10, top: top / 10, right: right / 10, bottom: bottom / 10 };
  });
}
