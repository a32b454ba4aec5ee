/* global TextDecoder */
import { readFile } from './api.js';
import { button, facts, fill, h, table } from './dom.js';
import { drawPage, openPdf } from './pdf.js';
import { attempt, download, say } from './say.js';
import { policyWord } from './words.js';

/** The finished copy: download, certificate, and a look at it beside the original. @param {import('./document.js').Desk} desk */
export function createResults(desk) {
  const certificate = h('div', { id: 'certificate', tabindex: -1 });
  const compare = h('div', { id: 'compare', tabindex: -1 });
  const element = h('section', { 'aria-labelledby': 'copy-title', hidden: true }, h('h2', { id: 'copy-title' }, 'The redacted copy'),
    h('div', { class: 'buttons' },
      button('Download the copy', () => attempt(save), { id: 'download' }), button('Show the certificate', () => attempt(showCertificate), { id: 'show-certificate' }),
      button('Compare with the original', () => attempt(() => showCompare(1)), { id: 'show-compare' })),
    certificate, compare);
  /** @type {{ sha: string | undefined, copy: Promise<Uint8Array<ArrayBuffer>> | undefined }} */
  const known = { sha: undefined, copy: undefined };
  return { element, update };

  function update() {
    const { outputSha256 } = desk.state.document;
    element.hidden = outputSha256 === undefined;
    if (known.sha === outputSha256) return;
    Object.assign(known, { sha: outputSha256, copy: undefined });
    certificate.replaceChildren();
    compare.replaceChildren();
  }

  function copyBytes() {
    known.copy ??= readFile(`${desk.path}/redacted-copy`).then(({ bytes }) => bytes);
    return known.copy;
  }

  async function save() {
    download(await copyBytes(), 'application/pdf', `${desk.jobId}.redacted.pdf`);
    say('The redacted copy was downloaded.');
  }

  async function showCertificate() {
    const { bytes } = await readFile(`${desk.path}/certificate`);
    /** @type {import('../types.ts').Certificate} */
    const read = JSON.parse(new TextDecoder().decode(bytes));
    certificate.replaceChildren(...certificateWords(read), button('Download the certificate (JSON)', () => download(bytes, 'application/json', `${desk.jobId}.certificate.json`), { id: 'download-certificate' }));
    certificate.focus();
  }

  /** @param {number} page */
  async function showCompare(page) {
    const [pdf, { pages }] = [await openPdf(await copyBytes()), desk.state.document];
    const before = h('canvas', { role: 'img', 'aria-label': `Page ${page} of the original` });
    const after = h('canvas', { role: 'img', 'aria-label': `Page ${page} of the redacted copy`, id: 'after' });
    const original = desk.state.pdf;
    if (original) await drawPage(original, page, before);
    await drawPage(pdf, page, after);
    fill(compare, h('h3', {}, `Page ${page} of ${pages}, before and after`), h('p', {}, 'The picture on the right is drawn from the finished file itself.'),
      h('div', { class: 'buttons' }, button('Previous page', () => attempt(() => showCompare(page - 1)), { id: 'compare-previous', disabled: page <= 1 }),
        button('Next page', () => attempt(() => showCompare(page + 1)), { id: 'compare-next', disabled: page >= pages })),
      h('div', { class: 'pair' }, h('figure', {}, h('figcaption', {}, 'Original'), original ? before : h('pre', { class: 'text', tabindex: 0, 'aria-label': 'The original text' }, desk.state.text)),
        h('figure', {}, h('figcaption', {}, 'Redacted copy'), after)));
    await pdf.loadingTask.destroy();
  }
}

/** @param {import('../types.ts').Certificate} certificate */
function certificateWords({ verdict, input, output, engine, mode, policy, pages, totals, residual, warnings, checks }) {
  const isVerified = verdict === 'verified';
  return [
    h('h3', {}, 'Certificate'),
    h('p', { class: isVerified ? 'good' : 'bad', id: 'verdict' }, isVerified ? 'Verified: nothing redacted was found in the finished file.' : `Not verified: ${verdict}.`),
    facts([
      ['Policy', policyWord(policy)], ['Mode', mode === 'disclosure' ? 'Disclosure: lines are set again, so that gaps tell nothing' : 'Exact layout: boxes show the width of what they hide'],
      ['Original', h('span', {}, `${input.kind === 'pdf' ? 'PDF' : input.kind}, ${input.pages} pages, ${input.bytes.toLocaleString('en-GB')} bytes. SHA-256 `, h('code', {}, input.sha256))],
      ['Redacted copy', h('span', {}, `${output.bytes.toLocaleString('en-GB')} bytes. SHA-256 `, h('code', {}, output.sha256))],
      ['Redacted', `${totals.regions} areas on ${totals.pagesAffected} of ${pages.length} pages; ${totals.segmentsReset} lines set again, ${totals.segmentsBoxed} lines hidden whole, ${totals.labels} labels`],
      ['Checks', `${checks.pages} pages looked at, ${checks.needles} redacted texts searched for, ${checks.strings} strings and ${checks.streams} streams read; at most ${(checks.worstChangedShare * 100).toFixed(2)} % of a page differs where it should not`],
      ['Findings', checks.findings.length === 0 ? 'None' : checks.findings.map(({ check, page }) => `${check}${page === undefined ? '' : ` on page ${page}`}`).join(', ')],
      ['Warnings', warnings.length === 0 ? 'None' : h('ul', {}, warnings.map(line => h('li', {}, line)))],
      ['What the copy may still tell', residual.length === 0 ? 'Nothing: it is unchanged' : h('ul', {}, residual.map(line => h('li', {}, line)))],
      ['Made with', h('span', {}, `Node ${engine.node}, sharp ${engine.sharp}, libvips ${engine.vips}, PDFium with SHA-256 `, h('code', {}, engine.pdfiumWasmSha256))],
    ]),
    table('Page by page', ['Page', 'Dots an inch', 'Lines set again', 'Lines hidden whole', 'Labels'], pages.map(({ page, dpi, segmentsReset, segmentsBoxed, labels }) => [String(page), String(dpi), String(segmentsReset), String(segmentsBoxed), String(labels)])),
  ];
}
