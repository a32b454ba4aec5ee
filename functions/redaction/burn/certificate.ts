import sharp from 'sharp';
import { wasmSha256 } from '../pdfium/library.ts';
import type { FailureCode } from './failures.ts';
import type { Source } from './intake/openSource.ts';
import type { PageRecord } from './record.ts';
import type { BurnMode } from './types.ts';
import type { Verification } from './verify/verify.ts';

/** What is proved and what is not about a finished copy. It holds figures and codes, never a word of the document. */
export interface Certificate {
  readonly form: 'redaction-certificate/1';
  readonly verdict: 'verified' | FailureCode;
  readonly input: { readonly sha256: string; readonly bytes: number; readonly kind: string; readonly pages: number };
  readonly output: { readonly sha256: string; readonly bytes: number };
  readonly engine: { readonly node: string; readonly pdfiumWasmSha256: string; readonly sharp: string; readonly vips: string };
  readonly mode: BurnMode;
  readonly policy: string;
  readonly pages: readonly PageEntry[];
  readonly totals: { readonly regions: number; readonly segmentsReset: number; readonly segmentsBoxed: number; readonly labels: number; readonly pagesAffected: number };
  /** What the copy may still tell (redaction-line-setting.md 5). */
  readonly residual: readonly string[];
  readonly warnings: readonly string[];
  readonly checks: Verification['figures'] & { readonly findings: Verification['findings']; readonly escalations: number };
}

interface PageEntry {
  readonly page: number;
  readonly dpi: number;
  readonly picture: string;
  readonly level: number;
  readonly segmentsReset: number;
  readonly segmentsBoxed: number;
  readonly labels: number;
  readonly regions: readonly { readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly kind: string }[];
}

export interface Burning {
  readonly source: Source;
  readonly mode: BurnMode;
  readonly policy: string;
  readonly mayHoldWords: readonly number[];
  readonly records: readonly PageRecord[];
  readonly output: { readonly sha256: string; readonly bytes: number };
  readonly verification: Verification;
  readonly escalations: number;
}

export function certificateOf(burning: Burning): Certificate {
  const { source, records, verification } = burning;
  const sum = (of: (record: PageRecord) => number) => records.reduce((total, record) => total + of(record), 0);
  return {
    form: 'redaction-certificate/1',
    verdict: verification.findings.length === 0 ? 'verified' : 'verification-failed',
    input: { sha256: source.sha256, bytes: source.bytes, kind: source.kind, pages: source.pages },
    output: burning.output,
    engine: engine(), mode: burning.mode, policy: burning.policy,
    pages: records.map(entryOf),
    totals: {
      regions: sum(record => record.regions.length), segmentsReset: sum(record => record.reset), segmentsBoxed: sum(record => record.boxed),
      labels: sum(record => record.labels), pagesAffected: sum(record => (record.regions.length > 0 ? 1 : 0)),
    },
    residual: residualOf(burning), warnings: warningsOf(burning),
    checks: { ...verification.figures, findings: verification.findings, escalations: burning.escalations },
  };
}

function entryOf(record: PageRecord): PageEntry {
  return {
    page: record.page + 1, dpi: record.dpi, picture: record.image.kind, level: record.level,
    segmentsReset: record.reset, segmentsBoxed: record.boxed, labels: record.labels, regions: record.regions,
  };
}

function residualOf({ mode, records }: Burning): string[] {
  if (records.every(record => record.regions.length === 0)) return [];
  const always = ['The number of labels and boxes on a page.', 'Where lines break: 1.2 to 1.4 bits of a name on average, 4.3 at most in 95 of 100 lines.'];
  const anchors = records.reduce((sum, record) => sum + record.anchors, 0);
  return [
    ...always,
    ...(anchors > 0 ? [`${anchors} re-set lines stand alone on their page, so where they start was kept from the source.`] : []),
    ...(mode === 'layout-true' ? ['Every box is as wide as what it hides: the width of a name leaves a median of 5 of 473 surnames. This mode is for evidence where exact layout matters.'] : []),
  ];
}

function warningsOf({ source, records, mode, mayHoldWords }: Burning): string[] {
  const list = (of: (record: PageRecord) => boolean) => records.filter(of).map(record => record.page + 1).join(', ');
  const ocr = list(record => record.hasOwnOcr);
  const escalated = list(record => record.level > 0);
  return [
    ...(mode === 'layout-true' ? ['Layout-true mode: the boxes show the length of what was removed.'] : []),
    ...(ocr === '' ? [] : [`Pages ${ocr}: the text is the document's own hidden text recognition, which this service did not check against the picture.`]),
    ...(mayHoldWords.length === 0 ? [] : [`Pages ${mayHoldWords.map(page => page + 1).join(', ')}: a picture may hold a few words that no text recognition has read; a person must look.`]),
    ...(escalated === '' ? [] : [`Pages ${escalated}: whole lines were hidden because a finer copy did not pass its checks.`]),
    ...(source.unaccented > 0 ? [`${source.unaccented} letters are shown without an accent that the fonts lack.`] : []),
    ...(source.spelt > 0 ? [`${source.spelt} characters are shown as their Unicode number because the fonts lack them.`] : []),
  ];
}

/** The wasm's hash names the build; libvips is what encodes photographs. */
function engine(): Certificate['engine'] {
  return { node: process.versions.node, pdfiumWasmSha256: wasmSha256, sharp: sharp.versions.sharp, vips: sharp.versions.vips };
}
