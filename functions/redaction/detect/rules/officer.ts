import { cutName, initials, lineName } from '../names.ts';
import { auto, close, cue, open, pattern, review, type Rule } from '../rule.ts';

const rank = String.raw`(?:(?:T/|A/|Temp(?:orary)? |Acting )?(?:W?P[CS]|W?D[CSI]|DCI|DCS|D/?Supt|PCSO|SPC|S/?Sgt|Sgt|SGT|Insp|INSP|C/?Insp|Ch(?:ief)? ?Insp|Supt|SUPT|C/?Supt|Det(?:ective)?(?: Ch(?:ief)?)?\.? (?:Con(?:stable)?|Sergeant|Sgt|Insp(?:ector)?|Supt|Superintendent)\.?|(?:Police |Special |Chief )?(?:Constable|CONSTABLE)|(?:Police )?Sergeant|SERGEANT|(?:Police |Chief )?Inspector|(?:Chief )?Superintendent|Deputy Chief Constable|Assistant Chief Constable|ACC|DCC|Commander|Officer|OFFICER|Investigating officer|OIC))`;

export const officer: readonly Rule[] = [
  {
    id: 'officer.rank-and-name', type: 'OFFICER', name: 'Rank, collar number and name', source: 'domain knowledge', role: 'officer',
    pattern: pattern(String.raw`(?<![\p{L}\d,]|, )${rank}\.?[ ](?:[A-Z]{0,2}\d{1,6}[ ])?${lineName}(?:[ ](?:\d{2,6}|[A-Z]{1,3}\d{2,5})(?![\d/:]|[ ]?(?:[Hh]ours|hrs)))?`), refine: rankAndName, cued: null, bare: auto(0.93),
  },
  {
    id: 'officer.rank-and-number', type: 'COLLAR_NUMBER', name: 'Rank and collar number', source: 'domain knowledge', role: 'officer',
    pattern: pattern(String.raw`(?<![\p{L}\d,]|, )(?:PC|WPC|PS|DC|DS|DI|DCI|PCSO|SC|SPC|Sgt|Insp|Constable|Sergeant|Officer|Inspector)[ ](?:[A-Z]{1,2}[ ]?)?\d{2,6}`, close), cued: null, bare: auto(0.9),
  },
  {
    id: 'officer.labelled', type: 'OFFICER', name: 'Name after the label of an officer', source: 'domain knowledge: labels of MG forms', role: 'officer',
    pattern: pattern(String.raw`(?<![\p{L}\d])(?:OIC|Officer in (?:the )?[Cc]ase|Officer|OFFICER|Interviewing [Oo]fficer|Arresting [Oo]fficer|Custody [Oo]fficer|Investigating [Oo]fficer|Reporting [Oo]fficer|Interviewer|Rank and [Nn]ame|Supervisor)[ ]?:[ ]{0,4}(?:${rank}\.?[ ])?(?:\d{1,6}[ ])?(?<value>${lineName})`), refine: cutName, cued: null, bare: auto(0.92),
  },
  {
    id: 'officer.collar-labelled', type: 'COLLAR_NUMBER', name: 'Collar or shoulder number after its label', source: 'domain knowledge', role: 'officer',
    pattern: pattern(open, String.raw`[A-Z]{0,2}[ ]?\d{2,6}`, close), before: cue(25, 'collar', 'collar no', 'collar number', 'shoulder number', 'shoulder no', 'epaulette', 'fin', 'id no'), cued: auto(0.9), bare: null,
  },
  {
    id: 'officer.warrant-number', type: 'WARRANT_NUMBER', name: 'Warrant card number after its label', source: 'domain knowledge', role: 'officer',
    pattern: pattern(open, String.raw`[A-Z]{0,2}\d{3,7}`, close), before: cue(25, 'warrant', 'warrant no', 'warrant number', 'warrant card'), cued: auto(0.9), bare: null,
  },
  {
    id: 'officer.number-and-name', type: 'OFFICER', name: 'Collar number before a name', source: 'domain knowledge: "1234 Smith"', role: 'officer',
    pattern: pattern(open, String.raw`\d{3,5}[ ](?:${initials})?\p{Lu}[\p{L}\p{M}'-]{2,24}`, close), refine: numberedName, cued: null, bare: review(0.35),
  },
];

const head = new RegExp(String.raw`^${rank}\.?[ ](?:[A-Z]{0,2}\d{1,6}[ ])?`, 'u');
const number = /[ ](?:\d{2,6}|[A-Z]{1,3}\d{2,5})$/;

function rankAndName(value: string): string | null {
  const start = head.exec(value)?.[0] ?? '';
  const rest = value.slice(start.length);
  const tail = number.exec(rest)?.[0] ?? '';
  const whole = rest.slice(0, rest.length - tail.length);
  const name = cutName(whole);
  if (name === null) return null;
  return name === whole ? value : start + name;
}

function numberedName(value: string): string | null {
  const name = value.replace(/^\d+ /, '');
  return cutName(name) === name ? value : null;
}
