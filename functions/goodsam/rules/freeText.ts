/** Warnings that block nothing: the purpose is shown to the public, so the officer is asked to look again (goodsam.md 5.1). */
export type TextWarning = 'LOOKS_LIKE_NAME' | 'LOOKS_LIKE_DATE_OF_BIRTH';

export type TextResult =
  | { readonly ok: true; readonly text: string; readonly warnings: readonly TextWarning[] }
  | { readonly ok: false; readonly code: 'INVALID_TEXT'; readonly why: string };

export const purposeMax = 250;
export const freeTextMax = 1000;

/** Control characters, line and paragraph separators, and the marks that turn the direction of writing, with which a text can be made to read as another. */
const hidden = /[\p{Cc}\u2028\u2029\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
const html = /<\s*[/!?a-z]/iu;

/** The purpose that the person reads: one line of 1 to 250 characters without HTML, with warnings. Spaces in a row become one. */
export function checkPurpose(raw: string): TextResult {
  const text = raw.replace(hidden, ' ').replace(/\s+/gu, ' ').trim();
  if (text === '') return bad('The purpose is empty.');
  return checked(text, purposeMax, warningsOf(text));
}

/** Notes of staff: up to 1,000 characters, line ends kept, no warnings, for nobody outside reads them. May be empty. */
export function checkNotes(raw: string): TextResult {
  const lines = raw.replace(/\r\n?/gu, '\n').split('\n').map(line => line.replace(hidden, ' ').trimEnd());
  return checked(lines.join('\n').trim(), freeTextMax, []);
}

function checked(text: string, max: number, warnings: readonly TextWarning[]): TextResult {
  if (Array.from(text).length > max) return bad(`At most ${max} characters.`);
  if (!text.isWellFormed() || html.test(text)) return bad('The text may not hold HTML.');
  return { ok: true, text, warnings };
}

const title = /\b(?:mr|mrs|ms|miss|mx|dr|sir|dame|rev)\.?\s+\p{Lu}/iu;
/** Two capitalised words in a row. */
const twoNames = /\p{Lu}\p{Ll}+(?:['’-]\p{Lu}\p{Ll}+)?\s+\p{Lu}\p{Ll}+/gu;
const common = /^(?:(?:Cheshire|Greater|British|Transport|Merseyside|North|South|East|West)\s|\S+\s(?:Police|Constabulary|Street|Road|Lane|Avenue|Station|Council|Hospital)$)/u;
const numericDate = /\b(?:\d{1,2}[/.\- ]\d{1,2}[/.\- ](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})\b/u;
const writtenDate = /\b\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(?:19|20)?\d{2}\b/iu;
const bornWord = /\b(?:dob|d\.o\.b|born|date of birth)\b/iu;

function warningsOf(text: string): TextWarning[] {
  const name = title.test(text) || (text.match(twoNames) ?? []).some(words => !common.test(words));
  const birth = numericDate.test(text) || writtenDate.test(text) || bornWord.test(text);
  return [...(name ? ['LOOKS_LIKE_NAME' as const] : []), ...(birth ? ['LOOKS_LIKE_DATE_OF_BIRTH' as const] : [])];
}

function bad(why: string): TextResult {
  return { ok: false, code: 'INVALID_TEXT', why };
}
