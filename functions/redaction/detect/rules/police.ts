import { isAsn, isCroNumber, isPncId } from '../checks/modulo23.ts';
import { auto, close, cue, open, pattern, review, type Rule } from '../rule.ts';

/** A reference as forces write them: letters, digits, parts parted by a slash or hyphen, at least one digit. */
const reference = String.raw`(?=[A-Z/-]{0,10}\d)[A-Z\d]{1,14}(?:[/-][A-Z\d]{1,12}){0,4}(?:[ ]of[ ]\d{1,2}[/. ][A-Za-z\d]{1,9}[/. ]\d{2,4})?`;
const label = String.raw`(?:\s?(?:ref(?:erence)?|number|num|no|id|record|log))?(?:\s?(?:ref(?:erence)?|number|num|no))?[.:]{0,2}\s{0,2}(?:is\s|was\s|[#:(]\s?)?`;

const afterWord = (...words: string[]): RegExp =>
  pattern(String.raw`(?<![\p{L}\d])(?:${words.join('|')})`, label, `(?<value>${reference})`, close);

const bothCases = (word: string): string => `[${word.charAt(0).toUpperCase()}${word.charAt(0).toLowerCase()}]${word.slice(1)}|${word.toUpperCase()}`;

export const police: readonly Rule[] = [
  {
    id: 'police.pnc-id', type: 'PNC_ID', name: 'Police National Computer id', source: 'sourced: ministryofjustice hmpps-person-record, modulus 23',
    pattern: pattern(String.raw`(?<![\p{L}\d/])(?:19|20)?\d{2}[ ]?/[ ]?\d{1,7}[ ]?[A-Za-z]`, close),
    check: isPncId, before: cue(50, 'pnc', 'pnc id', 'pncid', 'police national computer'), unless: cue(12, 'cro', 'asn'), cued: auto(0.99), bare: auto(0.96),
  },
  {
    id: 'police.pnc-id-loose', type: 'PNC_ID', name: 'Police National Computer id written without its slash', source: 'sourced: ministryofjustice hmpps-person-record, modulus 23',
    pattern: pattern(String.raw`(?<![\p{L}\d/])(?:(?:19|20)?\d{2}[ ]?[\\-][ ]?\d{1,7}[ ]?[A-Za-z]|(?:19|20)\d{9}[A-Za-z])`, close),
    check: isPncId, before: cue(50, 'pnc', 'pnc id', 'pncid', 'police national computer'), cued: auto(0.95), bare: null,
  },
  {
    id: 'police.cro-number', type: 'CRO_NUMBER', name: 'Criminal Records Office number', source: 'sourced: ministryofjustice hmpps-person-record, modulus 23',
    pattern: pattern(String.raw`(?<![\p{L}\d/])(?:[Ss][Ff][ ]?\d{2}[ ]?/[ ]?\d{1,6}|\d{1,6}[ ]?/[ ]?\d{2})[ ]?[A-Za-z]`, close),
    check: isCroNumber, before: cue(50, 'cro', 'cro no', 'cro number', 'criminal records office'), unless: cue(12, 'pnc', 'pncid', 'asn'), cued: auto(0.99), bare: auto(0.96),
  },
  {
    id: 'police.asn', type: 'ASN', name: 'Arrest/summons number', source: 'sourced: ministryofjustice bichard7 class Asn, modulus 23',
    pattern: pattern(open, String.raw`\d{2}[ /]?[A-Za-z\d]{2}[ /]?[A-Za-z\d]{2}[ /]?[A-Za-z\d]{2}(?:[ /]?\d{11}|/\d{1,11})[ /]?[A-Za-z]`, close),
    check: isAsn, before: cue(50, 'asn', 'arrest summons', 'arrest/summons', 'summons number'), cued: auto(0.99), bare: auto(0.97), failed: review(0.4),
  },
  {
    id: 'police.crime-reference', type: 'CRIME_REFERENCE', name: 'Crime reference', source: 'domain knowledge: each force has its own form',
    pattern: afterWord(bothCases('crime'), 'CRN', 'CR', bothCases('offence')), cued: null, bare: auto(0.85),
  },
  {
    id: 'police.incident-reference', type: 'INCIDENT_REFERENCE', name: 'Incident or log number', source: 'domain knowledge',
    pattern: afterWord(bothCases('incident'), 'CAD', 'IML', 'STORM', bothCases('log'), bothCases('command and control')), cued: null, bare: auto(0.85),
  },
  {
    id: 'police.custody-reference', type: 'CUSTODY_REFERENCE', name: 'Custody record number', source: 'domain knowledge',
    pattern: afterWord(bothCases('custody'), bothCases('detention')), cued: null, bare: auto(0.85),
  },
  {
    id: 'police.urn', type: 'URN', name: 'Unique reference number of a case file', source: 'domain knowledge: force, unit, serial, year',
    pattern: pattern(open, String.raw`\d{2}[ /]?[A-Z][A-Z\d][ /]?\d{5}[ /]?\d{2}`, close), before: cue(40, 'urn', 'unique reference number', 'case file'), cued: auto(0.95), bare: auto(0.75),
  },
  {
    id: 'police.urn-labelled', type: 'URN', name: 'Unique reference number after its label', source: 'domain knowledge', pattern: afterWord('URN'), cued: null, bare: auto(0.85),
  },
  {
    id: 'police.occurrence-reference', type: 'OCCURRENCE_REFERENCE', name: 'Niche occurrence or intelligence reference', source: 'domain knowledge',
    pattern: afterWord(bothCases('niche'), bothCases('occurrence'), bothCases('occ'), bothCases('intel'), 'IR', bothCases('athena'), bothCases('connect')), cued: null, bare: auto(0.8),
  },
  {
    id: 'police.exhibit-reference', type: 'EXHIBIT_REFERENCE', name: 'Exhibit reference: initials and a number', source: 'domain knowledge',
    pattern: pattern(open, String.raw`[A-Z]{2,4}[/-]\d{1,4}[A-Z]?`, close), before: cue(40, 'exhibit', 'exhibits', 'exhibited', 'produce', 'produced as', 'item', 'ref'), cued: auto(0.8), bare: review(0.4),
  },
  {
    id: 'police.nomis-number', type: 'NOMIS_NUMBER', name: 'Prison number', source: 'sourced: ministryofjustice, [A-Z]\\d{4}[A-Z]{2}',
    pattern: pattern(open, String.raw`[A-Za-z]\d{4}[A-Za-z]{2}`, close), before: cue(50, 'nomis', 'prison number', 'prisoner', 'noms', 'hmp'), cued: auto(0.95), bare: auto(0.75),
  },
  {
    id: 'police.crn', type: 'CRN', name: 'Probation case reference', source: 'sourced: ministryofjustice, [A-Z]\\d{6}',
    pattern: pattern(open, String.raw`[A-Za-z]\d{6}`, close), before: cue(50, 'crn', 'probation', 'delius', 'case reference'), cued: auto(0.9), bare: review(0.4),
  },
  {
    id: 'police.home-office-reference', type: 'HOME_OFFICE_REFERENCE', name: 'Home Office reference', source: 'domain knowledge',
    pattern: pattern(open, String.raw`(?:HO[/ -]?)?[A-Z]\d{6,8}(?:/\d{1,3})?`, close), before: cue(50, 'home office', 'ho ref', 'ho reference', 'ho no', 'cid', 'immigration', 'ukvi'), cued: auto(0.9), bare: null,
  },
  {
    id: 'police.case-reference', type: 'CASE_REFERENCE', name: 'Case, application or claim number after its word', source: 'domain knowledge',
    pattern: pattern(
      String.raw`(?<![\p{L}\d])(?:[Aa]pplications?|[Cc]ase|[Cc]laim|[Aa]ppeal|[Cc]ourt|[Tt]icket|[Oo]rder|[Rr]eference|REF|[Rr]ef)\s?(?:[Nn]os?|[Nn]umbers?|[Rr]ef(?:erence)?|[Ii][Dd])?[.:]{0,2}\s{0,2}[#(]?`,
      `(?<value>${reference})`, close),
    unless: cue(45, 'utr', 'taxpayer', 'tax', 'nhs', 'chi', 'pnc', 'cro', 'asn', 'iban', 'card', 'imei'), cued: null, bare: auto(0.75),
  },
  {
    id: 'police.serial-over-year', type: 'CASE_REFERENCE', name: 'Serial over year', source: 'domain knowledge: 1234/21 is how registers number cases',
    pattern: pattern(String.raw`(?<![\p{L}\d/.])\d{3,6}/\d{2}(?![\p{L}\d/]|[.,]\d)`), cued: null, bare: auto(0.7),
  },
];
