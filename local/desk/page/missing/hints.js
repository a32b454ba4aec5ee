import { codeWord } from '../links/words.js';
import { when } from '../words.js';
import { levelWords, roleWords } from './words.js';

/** What the fields of a form can be chosen from, as the case stands. @param {import('./detail.js').Case} shared @returns {import('./schemaForm.js').Hints} */
export function hintsOf({ view, people, rules, nameOf, matches }) {
  const staff = people.filter(({ roles }) => roles.some(role => role.startsWith('Missing.') && !/PARTNER|PROVIDER|AUDITOR/.test(role))).map(({ objectId, name, about }) => /** @type {const} */ ([objectId, `${name} (${about})`]));
  const items = view.information.map(({ id, at, kind, by }) => /** @type {const} */ ([id, `${codeWord(kind)}, ${when(at)}, ${nameOf(by)}`]));
  const flags = rules.flags.map(flag => /** @type {const} */ ([flag, codeWord(flag)]));
  /** @param {string} id @param {string} words @param {string} [at] @returns {readonly [string, string]} */
  const choice = (id, words, at) => [id, at === undefined ? codeWord(words) : `${codeWord(words)}, ${when(at)}`];
  return {
    // Nothing to tick where nothing is alike.
    ...(matches.length === 0 && { hidden: ['matchesSeen'] }),
    choices: {
      userId: staff, userIds: staff, informationId: items, informationIds: items, acknowledgementId: items, pendingId: view.pending.map(({ pendingId, taskId }) => /** @type {const} */ ([pendingId, taskId])),
      reviewId: view.reviews.filter(({ state }) => state === 'OPEN').map(({ reviewId, dueAt }) => choice(reviewId, reviewId.split('@')[0] ?? '', dueAt)), sightingId: view.sightings.map(({ sightingId, place, from }) => choice(sightingId, place, from)), searchId: view.searches.map(({ searchId, type, startedAt }) => choice(searchId, type, startedAt)),
      enquiryId: view.enquiries.map(({ enquiryId, type, requestedAt }) => choice(enquiryId, type, requestedAt)), noticeId: view.notices.map(({ noticeId, notice, variant, queuedAt }) => choice(noticeId, `${notice} ${variant}`, queuedAt)), holdingId: view.holdings.map(({ holdingId, type }) => choice(holdingId, type)), pageId: view.pages.map(({ pageId, title, at }) => choice(pageId, title, at)),
      flag: flags, factor: rules.factors.map(({ code, text }) => /** @type {const} */ ([code, text])), factors: rules.factors.map(({ code, text }) => /** @type {const} */ ([code, text])), overdueSeen: view.tasks.filter(({ dueAt }) => Date.parse(dueAt) < Date.now()).map(({ taskId, title }) => /** @type {const} */ ([taskId, `${taskId} ${title}`])),
      assessmentSeq: view.assessments.map(({ seq, level, at }) => /** @type {const} */ ([String(seq), `${seq}: ${levelWords[level]}, ${when(at)}`])), matchesSeen: matches.map(({ recordId, ref, score }) => /** @type {const} */ ([recordId, `${ref === '' ? 'A report' : ref} (${score} of 100)`])),
    },
    words: { ...levelWords, ...roleWords, ...Object.fromEntries(Object.entries(rules.questions).map(([code, text]) => [code, `${code} ${text}`])) },
  };
}
