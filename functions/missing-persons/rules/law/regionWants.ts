import type { RegionMove, Want } from '../regions/region.ts';
import { recall } from '../notices/progress.ts';
import { withTrigger } from './follow.ts';
import { queueFor } from './noticeQueue.ts';
import { regionsOf, type RegionSlices } from './regionSlices.ts';
import { change, owe, peopleOf, raise, type Moment, type Step } from './step.ts';

/** A step of a region taken: its slice, what the audit says of it, and what tasks, messages and cards must do because of it. */
export function taken(step: Step, set: Partial<RegionSlices>, { facts, wants }: Pick<RegionMove<unknown>, 'facts' | 'wants'>, moment: Moment): Step {
  const changed = change(step, { regions: { ...step.record.regions, ...set } });
  const noted: Step = { ...changed, facts: [...changed.facts, ...facts] };
  return wants.reduce((so, want) => wanted(so, want, moment), noted);
}

type Wanted = (step: Step, about: string, moment: Moment) => Step;

const ask = (role: Parameters<typeof peopleOf>[0][number], title: string, isUrgent = false): Wanted => (step, about, moment) =>
  raise(step, moment.now, { kind: 'ASKED', to: peopleOf([role], step.record, moment.people), title, about, isUrgent });
const standDown = (role: Parameters<typeof peopleOf>[0][number], title: string): Wanted => (step, about, moment) => raise(step, moment.now, { kind: 'STAND_DOWN', to: peopleOf([role], step.record, moment.people), title, about, isUrgent: true });
const nothing: Wanted = step => step;

/** What each want comes to. Those that a task of section 4 stands for already (A10, P03, P06, P07, P10, C23) ask for nothing more. */
const wantTable: Readonly<Record<Want['what'], Wanted>> = {
  PAGE_OWNER: handoverCard, PAGE_SENDER: ask('OWNER', 'Your handover was not taken: you still own the case', true), PAGE_INSP: ask('INSP', 'A handover or a transfer came to nothing: decide who owns the case', true),
  TRANSFER_OFFERED_TASK: (step, _about, moment) => withTrigger(step, 'TRANSFER_OFFERED', moment, `offer-${regionsOf(step.record).transfer.offers.length}`), TRANSFER_WATCH_TASK: nothing,
  OTHER_FORCE_PACK: (step, about, moment) => queueFor(step, { n: 'N11', variant: 'MISSING', kind: 'FORCE', region: about }, moment),
  PUBLISH: publish, WITHDRAW_PUBLICITY: (step, _about, moment) => standDown('MEDIA', 'Take the appeal down on every channel')(step, 'publicity-withdraw', moment),
  REDECIDE_PUBLICITY_TASK: (step, about, { now, people }) => raise(step, now, { kind: 'ESCALATION', to: peopleOf(['MEDIA', 'SGT', 'INSP'], step.record, people), title: 'The appeal has expired: decide on it again', about }),
  RECALL_PHOTO: recallPhoto, PNC_CIRCULATE_TASK: (step, _about, moment) => ask('PNC_BUREAU', 'Circulate on PNC')(step, 'circulation', moment), PNC_CANCEL_TASK: (step, _about, moment) => standDown('PNC_BUREAU', 'Cancel on PNC')(step, 'circulation-cancel', moment),
  CRA_PACK: (step, _about, moment) => queueFor(step, { n: 'N10', variant: 'MISSING', kind: 'NCA_CRA' }, moment), CRA_STAND_DOWN: (step, _about, moment) => standDown('OWNER', 'Tell the National Crime Agency that the alert is stood down')(step, 'alert', moment),
  CD_SPOC_REQUEST: ask('CD_SPOC', 'Communications data is asked for', true), CD_WRITE_UP_TASK: nothing, CD_CANCEL_TASK: standDown('CD_SPOC', 'Cancel the request for communications data'),
  LIVE_LINK_APPROVAL: ask('INSP', 'A live link is asked for', true), SEND_LIVE_LINK: (step, about) => owe(step, 'live-link', about),
  RHI_REFERRAL_TASK: nothing, RHI_REFERRAL_NOTICE: (step, about, moment) => queueFor(step, { n: 'N04', variant: 'RHI_REFERRAL', kind: 'LA_CHILDREN', region: about }, moment), RHI_CHASE_TASK: nothing,
  CREDIBLE_SIGHTING_TASK: (step, about, moment) => withTrigger(step, 'CREDIBLE_SIGHTING', moment, about.slice(0, 80)), SIGHTING_ASSESS: ask('OWNER', 'Assess a sighting'), DISPOSE_BIOMETRICS_TASK: nothing,
};

function wanted(step: Step, { what, about }: Want, moment: Moment): Step {
  return wantTable[what](step, about === undefined || about === '' ? `${what}-${moment.id}` : about, moment);
}

/** A handover asks the other person; a new owner is asked by A01 and its card. */
function handoverCard(step: Step, about: string, { now }: Moment): Step {
  const offer = step.record.regions?.ownership?.offer;
  return offer?.to.userId === about ? raise(step, now, { kind: 'HANDOVER', to: [about], title: 'Take over this case', about: `handover-${offer.offeredAt}`, dueAt: offer.lapsesAt, isUrgent: true }) : step;
}

/** The force's own channels are a person's work; a charity is asked for its own (6.4). */
function publish(step: Step, channel: string, moment: Moment): Step {
  const found = regionsOf(step.record).publicity.appeal?.channels.find(item => item.channel === channel);
  if (found?.control === 'CHARITY') return queueFor(step, { n: 'N09', variant: 'PUBLICITY', kind: 'MISSING_PEOPLE' }, moment);
  const asked = ask('MEDIA', 'Publish the approved appeal')(step, 'publicity-publish', moment);
  const isQueued = asked.record.notices.some(one => one.n === 'N16' && one.state === 'QUEUED');
  return isQueued ? asked : queueFor(asked, { n: 'N16', variant: 'PUBLICITY', kind: 'PUBLIC' }, moment);
}

/** Photograph of the wrong person: what has not left never does, and who may have got it is told by telephone (section 8). */
function recallPhoto(step: Step, about: string, { now, people }: Moment): Step {
  const ids = new Set(step.record.notices.filter(one => one.fields.some(name => name === 'appealPhoto' || name === 'photoRef')).map(one => one.noticeId));
  const { notices, correctByHand } = recall(step.record.notices, ids, now);
  const recalled = change(step, { notices });
  return correctByHand.reduce((so, one) => raise(so, now, { kind: 'STAND_DOWN', to: peopleOf(['MEDIA', 'OWNER'], so.record, people), title: 'A wrong photograph was sent: tell them by telephone', about: one.noticeId, isUrgent: true }), raise(recalled, now, {
    kind: 'STAND_DOWN', to: peopleOf(['MEDIA'], recalled.record, people), title: 'Take the recalled photograph down', about: `photo-${about}`, isUrgent: true,
  }));
}
