import type { Anchor } from './anchor.ts';
import type { Glyph } from './glyphs.ts';
import type { Joint, Token, WordToken } from './tokens.ts';

/** Spec H: everything is a multiple of the em, rounded to a quarter pixel, and nothing comes from the removed text. */
const sizes = { gap: 0.27, smallGap: 0.18, label: 5, smallLabel: 2.5, tight: 0.06, above: 0.78, below: 0.22 } as const;

export interface PlacedToken { readonly u0: number; readonly u1: number; readonly token: Token }

/** A line set again: where each token goes, in pixels of the frame. */
export interface Layout { readonly v: number; readonly em: number; readonly items: readonly PlacedToken[] }

const quarter = (pixels: number) => Math.round(pixels * 4) / 4;

/** Places the tokens of a line from its anchor; undefined when they do not fit even at the smallest sizes. */
export function layOut(tokens: readonly Token[], measure: { em: number; v: number }, anchor: Anchor, stretchOf: (glyph: Glyph) => number): Layout | undefined {
  const { em, v } = measure;
  const widths = tokens.map(token => token.kind === 'word' ? quarter(wordWidth(token, stretchOf)) : undefined);
  const labels = widths.filter(width => width === undefined).length;
  const rest = (gap: number) => widths.reduce((sum: number, width, index) => sum + (width ?? 0) + jointWidth(index === 0 ? 'none' : tokens[index]?.joint ?? 'space', gap, em), 0);
  const column = room(anchor, anchor.column);
  const free = room(anchor, anchor.free);
  const sized = fit({ column, free, labels, em, rest });
  if (sized === undefined) return undefined;
  const total = rest(sized.gap) + labels * sized.label;
  let u = quarter(anchor.side === 'left' ? anchor.u : anchor.side === 'right' ? anchor.u - total : anchor.u - total / 2);
  const items = tokens.map((token, index) => {
    const u0 = u + jointWidth(index === 0 ? 'none' : token.joint, sized.gap, em);
    u = u0 + (widths[index] ?? sized.label);
    return { u0, u1: u, token };
  });
  return { em, v: Math.round(v), items };
}

/** The ladder: smaller gaps, smaller labels, the free margin. */
function fit(by: { column: number; free: number; labels: number; em: number; rest: (gap: number) => number }): { gap: number; label: number } | undefined {
  const { column, free, labels, em, rest } = by;
  const label = quarter(sizes.label * em);
  const least = quarter(sizes.smallLabel * em);
  if (rest(sizes.gap) + labels * label <= column) return { gap: sizes.gap, label };
  const small = rest(sizes.smallGap);
  if (small + labels * label <= column) return { gap: sizes.smallGap, label };
  if (small + labels * least <= column) return { gap: sizes.smallGap, label: Math.floor((column - small) / Math.max(1, labels) * 4) / 4 };
  return small + labels * least <= free ? { gap: sizes.smallGap, label: least } : undefined;
}

function room(anchor: Anchor, limits: { left: number; right: number }): number {
  const left = anchor.u - limits.left;
  const right = limits.right - anchor.u;
  return anchor.side === 'left' ? right : anchor.side === 'right' ? left : 2 * Math.min(left, right);
}

function jointWidth(joint: Joint, gap: number, em: number): number {
  return joint === 'none' ? 0 : quarter((joint === 'tight' ? sizes.tight : gap) * em);
}

function wordWidth(token: WordToken, stretchOf: (glyph: Glyph) => number): number {
  return token.glyphs.reduce((sum, glyph) => sum + glyphWidth(glyph, stretchOf), 0);
}

/** Advance at the page's usual stretch of the font: a stretch that one line has for itself tells the width it had to fill (spec L). */
export function glyphWidth(glyph: Glyph, stretchOf: (glyph: Glyph) => number): number {
  return (glyph.width ?? 0) * glyph.em * stretchOf(glyph);
}

/** The rectangle of a label, in whole pixels of the frame. */
export function labelSpan(layout: Layout, item: PlacedToken) {
  const { em, v } = layout;
  return { u0: Math.round(item.u0), u1: Math.round(item.u1), v0: Math.round(v - sizes.above * em), v1: Math.round(v + sizes.below * em) };
}
