/* global URL, Blob */
import { command, fileFor, read } from '../api.js';
import { button, facts, fill, h } from '../dom.js';
import { download, say } from '../say.js';
import { when } from '../words.js';
import { askFor, reasonField } from './dialog.js';
import { codeWord, evidenceWords } from './words.js';

/** @typedef {import('../../types.ts').EvidenceFile} File */
/** What a person may decide in a state of a file. @type {Record<string, readonly (readonly [decision: string, label: string])[]>} */
const decisions = {
  STORED: [['HAND_OVER', 'Hand over'], ['NON_EVIDENTIAL', 'No evidence']], RETRIEVAL_FAILED: [['RETRY', 'Try again']], MANUAL_ACTION: [['RETRY', 'Try again'], ['CLEAR', 'Clear by hand']], QUARANTINED: [['DELETE_QUARANTINED', 'Delete from quarantine']],
};
const inPage = /^(?:image\/(?:jpeg|png)|video\/(?:mp4|webm))$/;

/** The files of the session with who held them. Each look at a file is logged with its reason. @param {import('./detail.js').Case} shared */
export function createEvidence(shared) {
  const list = h('div', { id: 'evidence', tabindex: -1 });
  const element = h('section', { 'aria-labelledby': 'evidence-title', hidden: true }, h('h2', { id: 'evidence-title' }, 'Evidence'), list);
  let drawn = '';
  return { element, update };

  function update() {
    const isWanted = shared.view.evidenceFiles > 0 && shared.moves.evidence;
    element.hidden = !isWanted;
    if (isWanted) void load().catch(() => undefined);
  }

  async function load() {
    /** @type {import('../../types.ts').EvidenceList} */
    const { value } = await read(`${shared.path}/evidence`);
    const now = JSON.stringify(value);
    if (now === drawn) return;
    drawn = now;
    // What a person has opened stays open.
    const before = new Map([...list.querySelectorAll('.file')].map(file => [file.id, { shown: file.querySelector('.shown'), isOpen: file.querySelector('details')?.open ?? false }]));
    fill(list, value.map(file => fileOf(file, before.get(file.evidenceId))));
  }

  /** @param {File} file @param {{ shown: Element | null, isOpen: boolean } | undefined} before */
  function fileOf(file, before) {
    const shown = before?.shown ?? h('div', { class: 'shown', 'aria-live': 'polite' });
    const { evidenceId, kind, state, mime, bytes, sha256, scan, typeCheck, demsId, exhibitRef, failure, mayView, continuity } = file;
    const title = codeWord(kind);
    return h('article', { class: 'file', id: evidenceId, 'aria-labelledby': `${evidenceId}-title` }, h('h3', { id: `${evidenceId}-title` }, title), h('p', {}, h('span', { class: 'tag' }, evidenceWords[state] ?? state), failure !== undefined && ` ${failure}`),
      facts([['Type', `${mime}${typeCheck === undefined ? '' : `, content ${typeCheck.toLowerCase()}`}`], ['Length', bytes === undefined ? 'Not known yet' : `${bytes.toLocaleString('en-GB')} bytes`], ['Scan', scan === undefined ? 'Not yet' : codeWord(scan)],
        ['Evidence system', demsId ?? 'Not handed over'], ['Exhibit', exhibitRef ?? 'None']]),
      sha256 !== undefined && h('p', { class: 'small' }, 'SHA-256 ', h('code', {}, sha256)),
      shared.moves.keep && h('div', { class: 'buttons' }, mayView && button('View file', () => void look(file, shown), { id: `${evidenceId}-view`, 'aria-label': `View file: ${title}` }),
        (decisions[state] ?? []).map(([decision, label]) => button(label, () => void decide(file, decision, label), { id: `${evidenceId}-${decision}`, 'aria-label': `${label}: ${title}` }))),
      shown,
      h('details', { class: 'fold', open: before?.isOpen ?? false }, h('summary', {}, `Continuity (${continuity.length})`), h('ol', {}, continuity.map(({ at, actor, action, detail }) => h('li', {}, `${when(at)}: ${codeWord(action)} by ${shared.nameOf(actor)} (${detail})`)))));
  }

  /** @param {File} file @param {Element} shown */
  async function look({ evidenceId }, shown) {
    const given = await askFor({ title: 'View this file?', text: 'Each look is logged with your reason.', confirm: 'View file', fields: [reasonField(['INVESTIGATION', 'DISCLOSURE', 'QUALITY_CHECK'])] });
    if (given === undefined) return;
    await shared.run(async () => {
      const { bytes, contentType } = await fileFor(`${shared.path}/evidence/${evidenceId}/view`, given);
      if (!inPage.test(contentType)) return download(bytes, contentType, evidenceId);
      const src = URL.createObjectURL(new Blob([bytes], { type: contentType }));
      shown.replaceChildren(contentType.startsWith('image/') ? h('img', { src, alt: `The file ${evidenceId}` }) : h('video', { src, controls: true, 'aria-label': `The file ${evidenceId}` }));
      say('The file is shown.');
    });
  }

  /** @param {File} file @param {string} decision @param {string} label */
  async function decide({ evidenceId }, decision, label) {
    const given = await askFor({
      title: `${label}?`, text: decision === 'HAND_OVER' ? "The file goes to the evidence system; the provider's copy is deleted a day after that is confirmed." : 'It is recorded under your name, with your reason.', confirm: label, isWarning: decision !== 'HAND_OVER',
      fields: [reasonField(['NEEDED_FOR_CASE', 'NOT_NEEDED', 'PROVIDER_FIXED', 'CHECKED_BY_HAND', 'MALWARE']), ...(decision === 'HAND_OVER' ? [/** @type {import('./fields.js').Field} */ ({ name: 'exhibitRef', label: 'Exhibit reference (optional)', kind: 'text' })] : [])],
    });
    if (given !== undefined) await shared.run(() => command(`${shared.path}/evidence/${evidenceId}/decide`, { decision, ...given }), 'It is decided.');
  }
}
