/** What codes are called on the page. */

/** @type {readonly (readonly [string, string])[]} */
export const reasons = [
  ['personal-data', 'Personal data'], ['third-party', 'Data of a third party'], ['address', 'Address or contact details'], ['safeguarding', 'Safeguarding'],
  ['sensitive-tactic', 'Sensitive police tactic'], ['legal-privilege', 'Legal privilege'], ['not-relevant', 'Not relevant to the case'], ['needed-for-case', 'Needed for the case'],
  ['already-known', 'Already known to the recipient'], ['data-subject', 'Data of the person who asked'], ['public-domain', 'In the public domain'],
  ['proportionality', 'Not proportionate'], ['not-personal', 'Not personal data'], ['mistake', 'A mistake'],
];

/** @param {string} code */
export function reasonWord(code) {
  return reasons.find(([value]) => value === code)?.[1] ?? code;
}

/** @type {readonly (readonly [string, string])[]} */
export const policies = [['subject-access', 'Subject access request'], ['disclosure-to-CPS', 'Disclosure to the CPS'], ['freedom-of-information', 'Freedom of information request']];

/** @param {string} code */
export function policyWord(code) {
  return policies.find(([value]) => value === code)?.[1] ?? code;
}

/** @type {Record<string, string>} */
export const stages = {
  received: 'Received', screening: 'Being checked', locating: 'Being searched', suggested: 'Waiting for review', 'in-review': 'In review', approved: 'Approved', burning: 'Being redacted',
  verifying: 'Being verified', ready: 'Ready for release', released: 'Released', refused: 'Refused', failed: 'Failed', withdrawn: 'Withdrawn',
};

/** Stages in which the service works by itself, with how far that is. @type {Record<string, { done: number, of: number, words: string }>} */
export const working = {
  received: { done: 0, of: 3, words: 'The file has arrived. It is checked next.' },
  screening: { done: 1, of: 3, words: 'The file is being checked.' },
  locating: { done: 2, of: 3, words: 'The document is being searched for personal data.' },
  approved: { done: 0, of: 3, words: 'The document is approved. It is redacted next.' },
  burning: { done: 1, of: 3, words: 'The redacted copy is being made.' },
  verifying: { done: 2, of: 3, words: 'The redacted copy is being verified.' },
};

/** @type {Record<string, string>} */
export const decisions = { pending: 'To decide', accepted: 'Redact', rejected: 'Keep readable' };

/** @type {Record<string, string>} */
export const sources = { rule: 'a rule', model: 'a model', memory: 'a name found elsewhere in the document', term: 'a term of the bundle', 'language-model': 'a language model', person: 'a person' };

/** `DATE_OF_BIRTH` as `Date of birth`. @param {string} type */
export function typeWord(type) {
  const short = /^(NHS|NINO|UPRN|MRZ|UTR|PNC|CRO|ASN|URN|NOMIS|CRN|IBAN|VRM|VIN|IMEI|IMSI|ICCID|MAC|IP|URL|ID)$/;
  return type.split('_').map((word, n) => (short.test(word) ? word : n === 0 ? word.charAt(0) + word.slice(1).toLowerCase() : word.toLowerCase())).join(' ');
}

/** @param {string} code */
export function warningWord(code) {
  const [name, pages] = code.split(':');
  if (name === 'pictures-may-hold-words') return `Pictures on page ${String(pages).replaceAll(',', ', ')} may hold words that were not read. Look at them yourself.`;
  return code;
}

/** London time, as people read it. @param {string | undefined} at */
export function when(at) {
  return at === undefined ? '' : new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/London' }).format(new Date(at));
}

/** @param {number} n @param {string} one @param {string} [many] */
export function count(n, one, many = `${one}s`) {
  return `${n} ${n === 1 ? one : many}`;
}
