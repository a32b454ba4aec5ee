import type { FieldFailure } from './rules/person/fieldFailure.ts';
import type { CareForm } from './rules/intake/reportFields.ts';

/** Who fills the form in. A carer is signed in, and is asked for the placement and the protocol form too. */
export type Audience = 'public' | 'carer';

/** The other language is offered before anything is typed, and not after. */
export interface LanguageLink {
  readonly lang: 'en' | 'cy';
  readonly text: string;
  readonly href: string;
  readonly current: boolean;
}

export type ReportPageInput = { readonly locale: string; readonly audience: Audience } & Stage;

export type Stage =
  | { readonly stage: 'start'; readonly formUrl: string; readonly languages?: readonly LanguageLink[] }
  /**
   * `given` is what was typed (S06: the draft is kept) and `failures` what is wrong with it; `maySendAsItIs` shows the second button (15.4). `once` is the key of this form, so that
   * a second press makes no second report. `isUnsent`: nothing was wrong with it, and we could not take it.
   */
  | { readonly stage: 'form'; readonly formTo: string; readonly once: string; readonly given?: Given; readonly failures?: readonly FieldFailure[]; readonly maySendAsItIs?: boolean; readonly isUnsent?: boolean }
  | { readonly stage: 'sent'; readonly reference: string; readonly isInDanger: boolean; readonly isAsItIs: boolean };

export type Given = Readonly<Partial<Record<keyof CareForm, string | undefined>>>;

/** What `htmlReply` of shared/http/html.ts takes. */
export interface ReportPage {
  readonly status: number;
  readonly view: string;
  readonly model: { readonly lang: 'en' | 'cy'; readonly [name: string]: unknown };
}

/** The page at which the public or a carer reports somebody missing (2.1 R1, 15.4). It works without a script. Words are chosen by the view. */
export function reportPage(input: ReportPageInput): ReportPage {
  switch (input.stage) {
    case 'start': return page(input, 'start', { formUrl: input.formUrl, languages: input.languages });
    case 'form': return formPage(input);
    case 'sent': return page(input, 'sent', { reference: input.reference, isInDanger: input.isInDanger, isAsItIs: input.isAsItIs });
  }
}

function page({ locale, audience }: Pick<ReportPageInput, 'locale' | 'audience'>, view: string, model: Readonly<Record<string, unknown>>, status = 200): ReportPage {
  return { status, view: `missing-persons/${view}.njk`, model: { ...model, lang: /^cy\b/i.test(locale) ? 'cy' : 'en', audience } };
}

function formPage(input: Extract<ReportPageInput, { stage: 'form' }>): ReportPage {
  const { given = {}, failures = [], maySendAsItIs = false, isUnsent = false } = input;
  const errors = errorsOf(failures);
  const isWhichAsked = failures.some(({ code }) => code === 'TIME_AMBIGUOUS') || given.lastSeenWhich !== undefined;
  const sections = sectionsOf(input.audience, isWhichAsked).map(({ key, fields }) => ({ key, fields: fields.map(field => shown(field, given, errors)) }));
  const listed = [...isUnsent ? [{ key: 'unsent', href: '#send' }] : [], ...errors.map(({ field, key }) => ({ key, href: `#${anchorOf(field)}` }))];
  return page(input, 'form', { formTo: input.formTo, once: input.once, sections, errors: listed, maySendAsItIs }, isUnsent ? 503 : errors.length > 0 ? 422 : 200);
}

type FieldName = keyof CareForm;
type Kind = 'text' | 'area' | 'date' | 'radios' | 'checkbox';

interface Field {
  readonly kind: Kind;
  /** The failure's name of the field; a date has three boxes that begin with it. */
  readonly name: FieldName | 'dob' | 'lastSeen';
  readonly options?: readonly string[];
  readonly hasHint?: true;
  readonly classes?: string;
  readonly autocomplete?: string;
  readonly type?: string;
}

const yesNo = ['YES', 'NO', 'NOT_KNOWN'];
const text = (name: FieldName, more: Partial<Field> = {}): Field => ({ kind: 'text', name, autocomplete: 'off', ...more });
const area = (name: FieldName, more: Partial<Field> = {}): Field => ({ kind: 'area', name, ...more });
const phone: Partial<Field> = { type: 'tel', classes: 'govuk-input--width-20' };

const who: readonly Field[] = [
  text('givenName'), text('familyName'), text('knownAs'), { kind: 'date', name: 'dob', hasHint: true }, text('age', { classes: 'govuk-input--width-5', hasHint: true }), area('description', { hasHint: true }), text('missingPhone', phone), text('homeAddress'),
];
const which: Field = { kind: 'radios', name: 'lastSeenWhich', options: ['first', 'second'] };
const seen = (isWhichAsked: boolean): readonly Field[] => [
  text('lastSeenPlace', { hasHint: true }), { kind: 'date', name: 'lastSeen', hasHint: true }, text('lastSeenTime', { classes: 'govuk-input--width-5', hasHint: true }), ...isWhichAsked ? [which] : [], { kind: 'checkbox', name: 'lastSeenUnknown', options: ['yes'] },
  area('clothing'), text('withWhom'),
];
const worry: readonly Field[] = [{ kind: 'radios', name: 'inDanger', options: yesNo, hasHint: true }, area('worries', { hasHint: true }), area('doneSoFar', { hasHint: true }), area('medical', { hasHint: true })];
const placement: readonly Field[] = [
  text('placementName'), { kind: 'radios', name: 'missingFrom', options: ['CHILDRENS_HOME', 'FOSTER', 'SUPPORTED_16_17', 'CARE_HOME_ADULT', 'ACUTE_HOSPITAL', 'MH_UNIT', 'OTHER'] }, text('laResponsible'), text('legalStatus'), text('curfew', { classes: 'govuk-input--width-5' }),
  text('socialWorkerName'), text('socialWorkerPhone', phone), { kind: 'radios', name: 'hasPart1', options: yesNo, hasHint: true }, area('part1', { hasHint: true }), area('belongings'), area('mood'),
];
const contact: readonly Field[] = [
  text('informantName', { autocomplete: 'name' }), text('informantRelation'), text('informantPhone', { ...phone, autocomplete: 'tel', hasHint: true }), text('informantEmail', { type: 'email', autocomplete: 'email', hasHint: true }),
];

function sectionsOf(audience: Audience, isWhichAsked: boolean): { readonly key: string; readonly fields: readonly Field[] }[] {
  const care = audience === 'carer' ? [{ key: 'placement', fields: placement }] : [];
  return [{ key: 'who', fields: who }, { key: 'seen', fields: seen(isWhichAsked) }, { key: 'worry', fields: worry }, ...care, { key: 'contact', fields: contact }];
}

interface PageError { readonly field: string; readonly key: string }

/** One message a field, in the order of the form; the words are those of the catalogue, for the law's are written for officers. */
function errorsOf(failures: readonly FieldFailure[]): PageError[] {
  return failures.filter(({ field }, n) => failures.findIndex(other => other.field === field) === n).map(failure => ({ field: failure.field, key: keyOf(failure) }));
}

const byCode: Readonly<Partial<Record<string, string>>> = { TIME_IN_FUTURE: 'future', LASTSEEN_AFTER_REPORT: 'future', TIME_AMBIGUOUS: 'which', TIME_NONEXISTENT: 'noSuchTime' };
const lacking: Readonly<Partial<Record<string, string>>> = { givenName: 'name', lastSeenPlace: 'place', lastSeen: 'when', informantPhone: 'contact' };
const invalid: Readonly<Partial<Record<string, string>>> = { dob: 'dob', age: 'age', lastSeen: 'date', lastSeenTime: 'time', missingPhone: 'phone', informantPhone: 'phone', socialWorkerPhone: 'phone', informantEmail: 'email' };

function keyOf({ field, code }: FieldFailure): string {
  return byCode[code] ?? (code === 'GUARD_UNMET' ? lacking[field] : invalid[field]) ?? 'text';
}

/** The element that a link of the summary goes to: of a date, its first box. */
function anchorOf(field: string): string {
  return field === 'dob' || field === 'lastSeen' ? `${field}Day` : field;
}

function shown(field: Field, given: Given, errors: readonly PageError[]) {
  const errorKey = errors.find(({ field: name }) => name === field.name)?.key;
  const values = new Map(Object.entries(given));
  const boxes = field.kind === 'date' ? ['Day', 'Month', 'Year'].map(part => ({ name: `${field.name}${part}`, part, value: values.get(`${field.name}${part}`) ?? '' })) : [];
  return { ...field, value: values.get(field.name) ?? '', boxes, errorKey };
}
