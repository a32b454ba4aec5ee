import type { MissingRecord, Owed, Page } from '../../state.ts';
import { answered, ended, handed, refusedNow, type Answer } from '../notices/progress.ts';
import { wordingOf } from '../notices/lookup.ts';
import type { Verdict } from '../notices/maySend.ts';
import type { Notice } from '../notices/notice.ts';
import { isMissing } from './about.ts';
import { scanned, type ScanResult } from './uploadResults.ts';
import { erasureStep } from './deleting.ts';
import { linkAsked } from './liveLinkNews.ts';
import { begin, change, note, owe, raise, type Moment, type Step } from './step.ts';

/** What effects found, as the commands that record it. */
export type ResultCommand =
  | { readonly do: 'RecordPage'; readonly pageId: string; readonly refs: Page['refs']; readonly isShown: boolean }
  | { readonly do: 'RecordNotice'; readonly noticeId: string; readonly verdict: Verdict['verdict']; readonly answer?: Answer }
  | ScanResult
  | { readonly do: 'RecordDone'; readonly kind: Owed['kind'] }
  | { readonly do: 'RecordLinkAsked'; readonly enquiryId: string; readonly requestId: string }
  | { readonly do: 'RecordTrouble'; readonly kind: Owed['kind']; readonly about: string; readonly code: string };

export function results(record: MissingRecord, command: ResultCommand, moment: Moment): Step {
  if (record.erased) return erasureStep(record, record.erased, command.do === 'RecordDone', moment.now);
  switch (command.do) {
    case 'RecordPage': return note(shown(record, command), command.isShown ? 'PageShown' : 'PageFailed', 'none', { page: command.pageId });
    case 'RecordNotice': return sent(record, command, moment);
    case 'RecordScan': return scanned(record, command, moment);
    case 'RecordDone': return note(begin(record), 'Done', 'none', { kind: command.kind });
    case 'RecordLinkAsked': return linkAsked(record, command, moment);
    case 'RecordTrouble': return trouble(record, command, moment);
  }
}

function shown(record: MissingRecord, { pageId, refs, isShown }: Extract<ResultCommand, { do: 'RecordPage' }>): Step {
  const status = (page: Page): Page['status'] => (page.status === 'due' ? (isShown ? 'shown' : 'failed') : page.status);
  const step = change(begin(record), { pages: record.pages.map(page => (page.pageId === pageId ? { ...page, refs: refs.length > 0 ? refs : page.refs, status: status(page) } : page)) });
  // It was answered or closed while it was on its way: what came to be shown is shown again as what became of it.
  const page = record.pages.find(item => item.pageId === pageId);
  return page && refs.length > 0 && (page.status === 'answered' || page.status === 'closed') ? owe(step, 'page', pageId, `${page.status}-late`) : step;
}

/** What came of a message. The sergeant is paged when nobody was told and no machine will tell them (6.2). */
function sent(record: MissingRecord, { noticeId, verdict, answer }: Extract<ResultCommand, { do: 'RecordNotice' }>, { now, settings, people }: Moment): Step {
  const notice = record.notices.find(one => one.noticeId === noticeId);
  if (!notice) return note(begin(record), 'Done', 'none', { kind: 'notice' });
  const progress = answer ? answered(handed(notice, now), answer, now, settings.notices) : verdict === 'REFUSE' ? refusedNow(notice, now) : verdict === 'PURGE' ? { notice: ended(notice, 'STALE', now) } : { notice };
  const begun = { ...begin(record), then: answer ? leftLate(record, notice) : [] };
  const step = note(change(begun, { notices: record.notices.map(one => (one.noticeId === noticeId ? progress.notice : one)) }), 'NoticeTried', answer?.outcome === 'accepted' ? 'disclosure' : 'none', { notice: notice.n, outcome: answer?.outcome ?? verdict });
  return progress.pages === undefined ? step : raise(step, now, { kind: 'NOTICE_FAILED', to: [people.SGT ?? record.owner.userId], title: 'A message could not be delivered: tell them by telephone', about: noticeId, isUrgent: true });
}

/** The adapter had it while the case turned: it left, or may have, and is taken back like what had left before (15.1 item 20; C22 the other way round). */
function leftLate(record: MissingRecord, { n, variant, state }: Notice): Step['then'] {
  if (state !== 'RECALLED') return [];
  const says = wordingOf(n, variant)?.says;
  if (says === 'MISSING' && record.file?.stoppedAt !== undefined) return ['STAND_DOWN'];
  return says === 'FOUND' && isMissing(record) ? ['TELL_AGAIN'] : [];
}

function trouble(record: MissingRecord, { kind, about, code }: Extract<ResultCommand, { do: 'RecordTrouble' }>, moment: Moment): Step {
  if (kind === 'page') return note(shown(record, { do: 'RecordPage', pageId: about, refs: [], isShown: false }), 'PageFailed', 'none', { page: about, code });
  if (kind === 'notice') return sent(record, { do: 'RecordNotice', noticeId: about, verdict: 'SEND', answer: { outcome: 'later', reason: code } }, moment);
  if (kind === 'scan-file') return scanned(record, { do: 'RecordScan', fileId: about, said: 'ERROR' }, moment);
  if (kind === 'live-link') return raise(note(begin(record), 'LiveLinkByHand', 'none', { enquiry: about }), moment.now, { kind: 'ASKED', to: [record.owner.userId], title: 'The live link is approved: send it from Live links, to locate a missing person', about: `live-link-${about}`, isUrgent: true });
  return raise(note(begin(record), 'EffectFailed', 'none', { kind, code }), moment.now, { kind: 'SUPPORT', to: [record.owner.userId], title: 'A step of the system failed', about: `${kind}-${about}` });
}
