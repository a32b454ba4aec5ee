import { isUkPhone } from '../checks/phone.ts';
import { auto, close, cue, open, pattern, review, type Rule } from '../rule.ts';

const phoneCue = cue(40, 'phone', 'telephone', 'tel', 'tel no', 'mobile', 'mob', 'cell', 'call', 'called', 'calling', 'ring', 'rang', 'text', 'texted', 'fax', 'whatsapp', 'landline', 'contact number', 'sms', 'home', 'work', 't', 'm', 'dial', 'dialled', 'reach', 'reached', 'reached at', 'answering', 'messages to', 'voicemail', 'my number', 'his number', 'her number', 'their number');
const phoneAfter = cue(12, 'office', 'fax', 'mobile', 'home', 'cell', 'work', 'phone', 'tel');
const otherNumber = cue(30, 'nhs', 'chi', 'utr', 'tax', 'taxpayer', 'account', 'passport', 'imei', 'card', 'sort code', 'iban', 'imsi');
const extension = String.raw`(?:[ ,]{0,2}(?:[Ee]xt(?:ension)?\.?|[xX#])[ ]?\d{1,6})?`;
const sep = String.raw`[ ().\-/]{0,3}`;
const platforms = String.raw`[Ii]nstagram|[Ii]nsta|[Ss]napchat|[Ss]nap|[Tt]ik[Tt]ok|[Ff]acebook|FB|[Tt]witter|[Tt]elegram|[Dd]iscord|[Kk]ik|[Ss]kype|[Ss]ignal|[Rr]eddit|[Ss]team|[Xx]box|[Oo]nly[Ff]ans|[Gg]rindr|[Tt]inder|PSN`;

export const contact: readonly Rule[] = [
  {
    id: 'contact.phone-uk', type: 'PHONE', name: 'Phone number, national form', source: 'sourced: Ofcom National Telephone Numbering Plan',
    pattern: pattern(String.raw`(?<![\p{L}\d+])\(?0(?=${sep}[1-35789])(?:${sep}\d){10}`, extension, close), check: isUkPhone, before: phoneCue, after: phoneAfter, unless: otherNumber, cued: auto(0.98), bare: auto(0.93),
  },
  {
    id: 'contact.phone-uk-short', type: 'PHONE', name: 'Phone number, national form with nine digits', source: 'sourced: Ofcom National Telephone Numbering Plan',
    pattern: pattern(String.raw`(?<![\p{L}\d+])\(?0(?=${sep}[18])(?:${sep}\d){9}`, extension, close), check: isUkPhone, before: phoneCue, after: phoneAfter, unless: otherNumber, cued: auto(0.9), bare: review(0.4),
  },
  {
    id: 'contact.phone-uk-international', type: 'PHONE', name: 'Phone number, +44 or 0044', source: 'sourced: ITU-T E.164, Ofcom plan',
    pattern: pattern(String.raw`(?<![\p{L}\d])(?:\+[ ]?44|\(\+44\)|00[ ]?44)${sep}(?:\(0\))?(?:${sep}\d){9,11}`, extension, close),
    check: isUkPhone, before: phoneCue, after: phoneAfter, cued: auto(0.99), bare: auto(0.97), failed: review(0.5),
  },
  {
    id: 'contact.phone-international', type: 'PHONE', name: 'Phone number of another country', source: 'sourced: ITU-T E.164, at most fifteen digits',
    pattern: pattern(String.raw`(?<![\p{L}\d+])(?:\+[ ]?(?!44)|00(?!44))[1-9](?:${sep}\d){6,14}`, extension, close), before: phoneCue, after: phoneAfter, unless: otherNumber, cued: auto(0.95), bare: auto(0.85),
  },
  {
    id: 'contact.phone-cued', type: 'PHONE', name: 'Any other form beside a word for telephone', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}\d])\(?\d(?:${sep}\d){6,13}`, extension, close), before: phoneCue, after: phoneAfter, unless: otherNumber, cued: auto(0.75), bare: null,
  },
  {
    id: 'contact.phone-north-america', type: 'PHONE', name: 'Phone number, North American form', source: 'sourced: North American Numbering Plan',
    pattern: pattern(String.raw`(?<![\p{L}\d-])(?:\+?1[-. ])?(?:\([2-9]\d{2}\)[ ]?|[2-9]\d{2}[-.])[2-9]\d{2}[-.]\d{4}`, extension, close),
    before: phoneCue, after: phoneAfter, unless: otherNumber, cued: auto(0.9), bare: review(0.6),
  },
  {
    id: 'contact.email', type: 'EMAIL', name: 'E-mail address', source: 'sourced: RFC 5321 lengths',
    pattern: pattern(String.raw`(?<![\p{L}\p{M}\d._%+'-])[\p{L}\p{M}\d._%+-][\p{L}\p{M}\d._%+'-]{0,63}@(?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.){1,5}\p{L}{2,24}`, close), cued: null, bare: auto(0.99),
  },
  {
    id: 'contact.email-spelt', type: 'EMAIL', name: 'E-mail address with at and dot spelt out', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}\d._%+-])[\p{L}\d._%+-]{1,64}\s?[[(]\s?at\s?[\])]\s?[\p{L}\d-]{1,63}(?:(?:\s?[[(]\s?dot\s?[\])]\s?|\.)[\p{L}\d-]{1,63}){1,4}`), cued: null, bare: auto(0.9),
  },
  {
    id: 'contact.url', type: 'URL', name: 'Web address', source: 'sourced: RFC 3986',
    pattern: pattern(String.raw`(?<![\p{L}\d])(?:[Hh][Tt][Tt][Pp][Ss]?://|[Ww]{3}\.)[^\s<>"'\])}]{2,400}`), refine: withoutPunctuation, cued: null, bare: auto(0.95),
  },
  {
    id: 'contact.handle', type: 'HANDLE', name: 'Social media handle', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}\d@/._-])@[A-Za-z\d_](?:[A-Za-z\d_.]{0,28}[A-Za-z\d_])?`, close), cued: null, bare: auto(0.85),
  },
  {
    id: 'contact.handle-labelled', type: 'HANDLE', name: 'Account name after the name of a service', source: 'domain knowledge',
    pattern: pattern(
      String.raw`(?<![\p{L}\d])(?:${platforms})(?:\s(?:account|handle|user\s?name|name|user|id|profile)){0,2}(?:\s(?:is|was|called|named)\s|\s?[:=]\s?)['"]?`,
      String.raw`(?<value>@?[A-Za-z\d_][A-Za-z\d_.#-]{2,29}(?<![.-]))`),
    cued: null, bare: auto(0.85),
  },
  {
    id: 'contact.user-name', type: 'HANDLE', name: 'User name after its label', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}\d])(?:[Uu]ser\s?name|[Ll]ogin|[Uu]ser\s?ID|[Ss]creen name|[Gg]amer\s?tag)(?:\sis\s|\s?[:=]\s?)['"]?(?<value>@?[A-Za-z\d_][A-Za-z\d_.#-]{2,29}(?<![.-]))`), cued: null, bare: auto(0.85),
  },
  {
    id: 'contact.messaging-id', type: 'MESSAGING_ID', name: 'Discord tag or EncroChat-like name after its label', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}\d#])[A-Za-z\d_.]{2,32}#\d{4}`, close), cued: null, bare: auto(0.8),
  },
  {
    id: 'contact.messaging-pin', type: 'MESSAGING_ID', name: 'Messaging PIN after its label', source: 'domain knowledge',
    pattern: pattern(open, String.raw`[\dA-Fa-f]{8}`, close), before: cue(25, 'pin', 'bbm', 'wickr', 'threema', 'session id'), cued: auto(0.75), bare: null,
  },
];

function withoutPunctuation(value: string): string {
  return value.replace(/[.,;:!?-]{1,10}$/, '');
}
