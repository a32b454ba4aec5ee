import { londonShort } from '../../shared/domain/london.ts';
import { declineReason, type Area, type Capability, type Mode } from './rules/terms.ts';

/** Stored with every consent: which words the person agreed to (goodsam.md 6). A change of `consent.text` in `views/texts.*.json` needs a new version here. */
export const textVersion = 'v1.0';

/** What a person may ask for instead; on a safeguarding page it is always VOICE: nothing is arranged but on the call (goodsam.md 21.19). */
export const helpNeeds = ['BSL', 'RELAY', 'INTERPRETER', 'CALL_BACK'] as const;
export type HelpNeed = (typeof helpNeeds)[number] | 'VOICE';

/** `neutral` for every case of safeguarding and for SOCU, and for the neutral host as such (goodsam.md 21.7 and 21.8). */
export type Face = 'force' | 'neutral';

/** What the officer asked for, as the person is told it. */
export interface Asked {
  readonly area: Area;
  readonly mode: Mode;
  readonly capabilities: readonly [Capability, ...Capability[]];
  readonly isRecorded: boolean;
  /** Shown as it is, after "to": a preset where the case is one of safeguarding. */
  readonly purpose: string;
  /** `GS-XXXX-XXXX`; never shown on a neutral page. */
  readonly reference: string;
  /** The provider that processes for us, by its own name. */
  readonly provider: string;
  /** Days that what is no evidence is kept. */
  readonly keepDays: number;
}

interface OnLink {
  /** Path of the link without a slash at its end, `/live/{token}`: forms go to `{link}/agree` and so on. */
  readonly link: string;
}

export type LinkPageInput = { readonly face: Face; readonly locale: string } & (
  | { readonly stage: 'dead'; readonly why: 'WRONG' | 'ENDED' | 'EXPIRED' }
  | { readonly stage: 'code'; readonly given?: string; readonly error?: 'MISSING' | 'MALFORMED' | 'WRONG' | 'SLOWED' }
  | { readonly stage: 'join' | 'waiting' } & OnLink
  | { readonly stage: 'landing'; readonly asked: Asked } & OnLink
  | { readonly stage: 'consent'; readonly asked: Asked; readonly error?: 'NO_SCOPE' } & OnLink
  | { readonly stage: 'declineReason' } & OnLink
  | { readonly stage: 'help'; readonly error?: 'NO_NEED' } & OnLink
  | { readonly stage: 'live'; readonly mode: Mode; readonly scope: readonly Capability[]; readonly sessionUrl: string } & OnLink
  | { readonly stage: 'declined' | 'helpAsked' | 'ended' | 'stopped' | 'otherDevice' }
  /** The appointment is ahead: `opensAt` is shown in London time. */
  | { readonly stage: 'early'; readonly opensAt: string }
);

/** What `htmlReply` of shared/http/html.ts takes, so that a route only spreads it. */
export interface LinkPage {
  readonly status: number;
  readonly view: string;
  readonly face: 'force' | 'plain';
  readonly isSecretAddress: true;
  readonly model: { readonly lang: 'en' | 'cy'; readonly [name: string]: unknown };
}

/** The page of a live link at a stage. Words are chosen by the view; here is only what is shown, to whom, and where its buttons go. */
export function linkPage(input: LinkPageInput): LinkPage {
  if ('link' in input) return pageOnLink(input);
  switch (input.stage) {
    case 'dead': return deadPage(input.why, input);
    case 'code': return codePage(input);
    case 'early': return message(input, { key: 'early', texts: ['early.text'], form: { opensAt: londonShort(input.opensAt) } });
    case 'declined': case 'helpAsked': case 'ended': case 'stopped': case 'otherDevice': return message(input, { key: input.stage, texts: [`${input.stage}.${input.face === 'neutral' ? 'neutral' : 'text'}`] });
  }
}

function pageOnLink(input: Extract<LinkPageInput, OnLink>): LinkPage {
  const { link } = input;
  switch (input.stage) {
    case 'join': return message(input, { key: 'join', form: { formTo: `${link}/continue`, buttonKey: 'join.button', hidden: [{ name: 'step', value: 'JOIN' }] } });
    case 'waiting': return message(input, { key: 'waiting', texts: ['waiting.text'], exitTo: `${link}/exit`, form: { formTo: link, formMethod: 'get', buttonKey: 'waiting.button', waits: true } });
    case 'landing': return page(input, 'landing', { link, asked: shown(input.asked, input.face) });
    case 'consent': return page(input, 'consent', { link, asked: shown(input.asked, input.face), textVersion, errorKey: input.error }, input.error);
    case 'declineReason': return declineReasonPage(input);
    case 'help': return helpPage(input);
    case 'live': return livePage(input);
  }
}

type Seen = Pick<LinkPageInput, 'face' | 'locale' | 'stage'>;

/**
 * On the neutral host a wrong, a dead and an expired link, and `/`, give one reply, the same to the byte in every language: nothing says whether a link was ever real
 * (goodsam.md 21.8). On the force's own host the person is told what happened and whom to ring (acceptance A6).
 */
function deadPage(why: 'WRONG' | 'ENDED' | 'EXPIRED', seen: Seen): LinkPage {
  if (seen.face === 'neutral') return { ...message({ ...seen, locale: 'en' }, { key: 'dead.NEUTRAL', title: 'dead.NEUTRAL.heading' }), status: 404 };
  return { ...message(seen, { key: `dead.${why}`, texts: [`dead.${why}.text`] }), status: why === 'WRONG' ? 404 : 410 };
}

function codePage(input: Extract<LinkPageInput, { stage: 'code' }>): LinkPage {
  const codeInput = { value: input.given ?? '', error: input.error };
  const form = { formTo: '/code', buttonKey: 'code.button', codeInput };
  if (input.face === 'neutral') return { ...message(input, { key: 'code', form }), status: statusOf(input.error) };
  return page(input, 'code', form, input.error);
}

/** All reasons of `declineReason`; to answer is as free as to decline. */
function declineReasonPage(input: Seen & OnLink): LinkPage {
  const options = declineReason.options.filter(value => value !== 'NO_REASON_GIVEN').map(value => ({ value, key: `reason.${value}` }));
  return page(input, 'choose', {
    link: input.link, action: `${input.link}/decline`, name: 'reason', headingKey: 'decline.heading', hintKey: 'decline.hint', buttonKey: 'decline.button',
    options: [...options, { value: 'NO_REASON_GIVEN', key: 'reason.NO_REASON_GIVEN' }], skip: { value: 'NO_REASON_GIVEN', key: 'decline.skip' },
  });
}

function helpPage(input: Extract<LinkPageInput, { stage: 'help' }>): LinkPage {
  const action = `${input.link}/help`;
  if (input.face === 'neutral') {
    return message(input, { key: 'help.voice', texts: ['help.voice.text'], exitTo: `${input.link}/exit`, form: { formTo: action, buttonKey: 'help.voice.button', hidden: [{ name: 'need', value: 'VOICE' }] } });
  }
  const options = helpNeeds.map(value => ({ value, key: `help.${value}` }));
  return page(input, 'choose', {
    link: input.link, action, name: 'need', headingKey: 'help.heading', buttonKey: 'help.button', options, back: input.link, errorKey: input.error && `help.${input.error}`,
  }, input.error);
}

/** Throws for an address that no provider has: a link on a page of ours never runs a script. */
function livePage(input: Extract<LinkPageInput, { stage: 'live' }>): LinkPage {
  if (!/^https?:\/\//.test(input.sessionUrl)) throw new TypeError('the session has no web address');
  return page(input, 'live', { link: input.link, mode: input.mode, scope: input.scope, sessionUrl: input.sessionUrl });
}

interface Message {
  readonly key: string;
  /** Key of the title, where the neutral one would be the wrong one. */
  readonly title?: string;
  readonly texts?: readonly string[];
  readonly exitTo?: string;
  readonly form?: Readonly<Record<string, unknown>>;
}

/** A heading, a few sentences and at most one form; on the neutral host without anything that belongs to anyone. */
function message(seen: Seen, { key, title = 'neutralTitle', texts = [], exitTo, form = {} }: Message): LinkPage {
  const model = { headingKey: `${key}.heading`, textKeys: texts, ...form };
  if (seen.face === 'force') return page(seen, 'message', model);
  return { ...page(seen, 'plain', { ...model, titleKey: title, exitTo }), face: 'plain' };
}

function page(seen: Seen, view: string, model: Readonly<Record<string, unknown>>, error?: string): LinkPage {
  const isNeutral = seen.face === 'neutral';
  return {
    status: statusOf(error), view: `goodsam/${view}.njk`, face: 'force', isSecretAddress: true,
    model: { ...model, lang: /^cy\b/i.test(seen.locale) ? 'cy' : 'en', stage: seen.stage, neutral: isNeutral, layout: isNeutral ? 'layout-plain.njk' : 'layout.njk' },
  };
}

function statusOf(error: string | undefined): number {
  if (error === undefined) return 200;
  return error === 'SLOWED' ? 429 : 422;
}

/** Advice of the area before anything is shown (goodsam.md 7, "consent delta"); DA and SOCU have none in writing: theirs is spoken. */
const areasWithAdvice: readonly Area[] = ['FAL', 'FOR', 'CCTV', 'SOM', 'FCC'];

function shown(asked: Asked, face: Face) {
  return {
    mode: asked.mode, capabilities: asked.capabilities, provider: asked.provider, keepDays: asked.keepDays,
    // The sentence goes on "to ..." and ends with a full stop of its own.
    purpose: asked.purpose.trim().replace(/^to\s+/i, '').replace(/[.\s]+$/, ''),
    recorded: recordedOf(asked),
    reference: face === 'neutral' ? '' : asked.reference,
    advice: face === 'force' && areasWithAdvice.includes(asked.area) ? asked.area : undefined,
  };
}

function recordedOf({ isRecorded, mode }: Asked): 'yes' | 'no' | 'files' {
  if (mode === 'UPLOAD') return 'files';
  return isRecorded ? 'yes' : 'no';
}
