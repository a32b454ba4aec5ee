import { isDriverNumber, isMachineReadableZone, isNino } from '../checks/identity.ts';
import { isNhsNumber, isUtr } from '../checks/weighted.ts';
import { auto, close, cue, open, pattern, review, type Rule } from '../rule.ts';

const nhsCue = cue(60, 'nhs', 'nhs no', 'nhs number', 'chi', 'chi number', 'health and care number', 'patient', 'patient number', 'h&c');
const taxCue = cue(60, 'utr', 'unique taxpayer reference', 'taxpayer', 'tax reference', 'tax ref', 'self assessment', 'hmrc', 'sa reference');
const passportCue = cue(60, 'passport', 'passport no', 'passports', 'travel document', 'ppt');
const immigrationCue = cue(60, 'visa', 'brp', 'biometric residence permit', 'residence permit', 'vignette', 'gwf', 'immigration', 'asylum', 'arc');

export const government: readonly Rule[] = [
  {
    id: 'government.nhs-number', type: 'NHS_NUMBER', name: 'NHS, CHI or H&C number', source: 'sourced: NHS Data Dictionary, modulus 11',
    pattern: pattern(open, String.raw`(?<!\d[.,/-])\d{3}[ .\-\n]{0,2}\d{3}[ .\-\n]{0,2}\d{4}(?![.\-/]?\d)`, close),
    check: isNhsNumber, before: nhsCue, after: cue(20, 'nhs'), unless: cue(40, ...taxCue.words, 'account', 'sort code', 'phone', 'tel', 'telephone', 'mobile', 'fax'),
    cued: auto(0.99), bare: auto(0.95),
  },
  {
    id: 'government.nino', type: 'NINO', name: 'National Insurance number', source: 'sourced: dwp/nino-format-validation prefix list',
    pattern: pattern(open, String.raw`[A-Za-z]{2}[ \-.\n]{0,2}\d{2}[ \-.\n]{0,2}\d{2}[ \-.\n]{0,2}\d{2}[ \-.\n]{0,2}[A-Da-d]`, close),
    check: isNino, before: cue(60, 'ni', 'nino', 'ni no', 'ni number', 'national insurance', 'nat ins'), cued: auto(0.99), bare: auto(0.97),
  },
  {
    id: 'government.nino-no-suffix', type: 'NINO', name: 'National Insurance number without its suffix', source: 'sourced: dwp/nino-format-validation prefix list',
    pattern: pattern(open, String.raw`[A-Za-z]{2}[ \-.\n]{0,2}\d{2}[ \-.\n]{0,2}\d{2}[ \-.\n]{0,2}\d{2}`, close),
    check: isNino, before: cue(40, 'ni', 'nino', 'ni no', 'ni number', 'national insurance'), cued: auto(0.9), bare: null,
  },
  {
    id: 'government.driver-number', type: 'DRIVING_LICENCE', name: 'Driver number (Great Britain)', source: 'sourced: DVLA structure; the last two characters are unpublished',
    pattern: pattern(open, String.raw`[A-Za-z]{1,5}9{0,4}[ -]?\d{6}[ -]?[A-Za-z9]{2}[A-Za-z\d][ -]?[A-Za-z\d]{2}(?: ?\d{2})?`, close),
    check: isDriverNumber, before: cue(60, 'driving licence', 'driver number', 'licence', 'licence no', 'driver', 'dvla'), cued: auto(0.99), bare: auto(0.96),
  },
  {
    id: 'government.driver-number-ni', type: 'DRIVING_LICENCE', name: 'Driver number (Northern Ireland)', source: 'domain knowledge',
    pattern: pattern(open, String.raw`\d{8}`, close), before: cue(50, 'driving licence', 'driver number', 'licence number', 'licence no', 'dva'), cued: auto(0.85), bare: null,
  },
  {
    id: 'government.passport', type: 'PASSPORT', name: 'Passport number', source: 'domain knowledge: nine digits in the United Kingdom; other states use letters',
    pattern: pattern(open, String.raw`(?:[A-Za-z]{1,2}[ ]?\d{6,8}|\d{3}[ ]?\d{3}[ ]?\d{3})`, close), before: passportCue, cued: auto(0.9), bare: null,
  },
  {
    id: 'government.mrz', type: 'MRZ', name: 'Machine-readable zone', source: 'sourced: ICAO Doc 9303 check digits',
    pattern: pattern(
      String.raw`(?<![A-Z\d<])(?:[A-Z][A-Z<][A-Z<]{3}[A-Z\d<]{25}\n {0,4}\d{6}\d[MFX<]\d{6}\d[A-Z<]{3}[A-Z\d<]{11}\d\n {0,4}[A-Z<]{30}`,
      String.raw`|[PVIAC][A-Z<][A-Z<]{3}[A-Z<]{31}(?:[A-Z<]{8})?\n {0,4}[A-Z\d<]{9}\d[A-Z<]{3}\d{6}\d[MFX<]\d{6}\d[A-Z\d<]{7}(?:[A-Z\d<]{8})?\d`,
      String.raw`|[A-Z\d<]{9}\d[A-Z<]{3}\d{6}\d[MFX<]\d{6}\d[A-Z\d<]{14}[\d<]\d)(?![A-Z\d<])`),
    check: isMachineReadableZone, cued: null, bare: auto(0.99), failed: review(0.7),
  },
  {
    id: 'government.mrz-name-line', type: 'MRZ', name: 'First line of a machine-readable zone alone', source: 'sourced: ICAO Doc 9303',
    pattern: pattern(String.raw`(?<![A-Z\d<])[PVIAC][A-Z<][A-Z<]{3}[A-Z<]{1,37}<<[A-Z<]{1,37}(?![A-Z\d<])`), cued: null, bare: review(0.8),
  },
  {
    id: 'government.utr', type: 'UTR', name: 'Unique taxpayer reference', source: 'sourced: HMRC, modulus 11',
    pattern: pattern(open, String.raw`[Kk]?(?:\d{5}[ \-]{0,2}\d{5}|\d{4}[ ]\d{3}[ ]\d{3}|\d{3}[ ]\d{3}[ ]\d{4})[Kk]?`, close),
    check: isUtr, before: taxCue, unless: cue(30, 'nhs', 'chi'), cued: auto(0.98), bare: review(0.4),
  },
  {
    id: 'government.immigration', type: 'IMMIGRATION_ID', name: 'Residence permit, visa or application number', source: 'domain knowledge',
    pattern: pattern(open, String.raw`(?:GWF[ ]?\d{9}|[A-Z]{2}[A-Z\d][ ]?\d{6}|[A-Z]{1,3}\d?[/ ]?\d{6,9}(?:/\d{1,3})?|\d{9,12})`, close), before: immigrationCue, cued: auto(0.85), bare: null,
  },
  {
    id: 'government.gwf', type: 'IMMIGRATION_ID', name: 'Visa application (GWF) number', source: 'domain knowledge',
    pattern: pattern(open, String.raw`GWF[ ]?\d{9}`, close), cued: null, bare: auto(0.95),
  },
  {
    id: 'government.social-security', type: 'NATIONAL_ID', name: 'United States social security number', source: 'sourced: SSA; area 000, 666 and group 00 are not issued',
    pattern: pattern(open, String.raw`(?<!-)(?!000|666)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?!-)`, close), cued: null, bare: auto(0.8),
  },
  {
    id: 'government.foreign-id', type: 'NATIONAL_ID', name: 'National identity number of another state', source: 'domain knowledge',
    pattern: pattern(open, String.raw`(?=[A-Z]{0,3}[ \-./]?\d)[A-Z\d](?:[ \-./]?[A-Z\d]){5,13}`, close), refine: withDigits,
    before: cue(30, 'national id', 'identity card', 'id card', 'id number', 'identity number', 'pesel', 'social security number', 'ssn', 'personal number'), cued: auto(0.7), bare: null,
  },
];

function withDigits(value: string): string | null {
  return /\d{2}/.test(value) ? value : null;
}
