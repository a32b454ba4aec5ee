import type { LocatedPage } from '../burn/locate/located.ts';
import type { Span } from '../burn/locate/terms.ts';
import { wholeWords } from '../burn/locate/terms.ts';
import { detect } from '../detect/detect.ts';
import { emptyMemory, type Memory } from '../detect/memory.ts';
import type { Span as Found } from '../detect/types.ts';
import { standardPolicy, treat, type PolicyName } from '../policy.ts';

/** The pages of a document with what is to be hidden on each. */
export interface Decided {
  readonly pages: readonly LocatedPage[];
  readonly spansOf: (page: LocatedPage) => readonly Span[];
}

/**
 * Decides what to hide without a person: the literal terms, and by `accept` what the policy redacts unseen, or also what it would show to a
 * person. Names learnt
 * in one document of the bundle are looked for in all of them, so every document is read twice.
 */
export function findSpans(documents: readonly (readonly LocatedPage[])[], options: { accept: 'none' | 'auto' | 'all'; policy: Exclude<PolicyName, 'custom'> }): Decided[] {
  const { accept } = options;
  const policy = standardPolicy(options.policy);
  if (accept === 'none') return documents.map(pages => ({ pages, spansOf: page => page.terms }));
  let memory: Memory = emptyMemory;
  for (const pages of documents) memory = detect(textOf(pages), { memory }).memory;
  return documents.map(pages => {
    const found = detect(textOf(pages), { memory }).spans.filter(span => isHidden(treat(policy, span), accept));
    const starts = startsOf(pages);
    return { pages, spansOf: page => [...page.terms, ...onPage(found, page, starts[page.page] ?? 0)] };
  });
}

function isHidden(treatment: 'redact' | 'review' | 'keep', accept: 'auto' | 'all'): boolean {
  return treatment === 'redact' || (accept === 'all' && treatment === 'review');
}

const between = '\n\n';

function textOf(pages: readonly LocatedPage[]): string {
  return pages.map(page => page.text).join(between);
}

function startsOf(pages: readonly LocatedPage[]): number[] {
  let at = 0;
  return pages.map(page => {
    const start = at;
    at += page.text.length + between.length;
    return start;
  });
}

/** The pieces of the document's spans that lie on a page, widened to whole words so that no stump stays beside a label. */
function onPage(found: readonly Found[], page: LocatedPage, start: number): Span[] {
  const end = start + page.text.length;
  return found.filter(span => span.start < end && span.end > start)
    .map(span => wholeWords(page.text, { start: Math.max(0, span.start - start), end: Math.min(page.text.length, span.end - start) }));
}
