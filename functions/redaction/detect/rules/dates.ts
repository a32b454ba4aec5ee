import { auto, close, cue, open, pattern, review, type Rule } from '../rule.ts';

const month = String.raw`(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\.?`;
const day = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const year = String.raw`(?:1[6-9]|20)\d{2}`;
const numeric = String.raw`(?:${day}[ ]?([/.-])[ ]?(?:1[0-2]|0?[1-9])[ ]?\1[ ]?(?:${year}|\d{2})|(?:1[0-2]|0?[1-9])/${day}/(?:${year}|\d{2})|${year}-(?:1[0-2]|0[1-9])-${day}|${year}/(?:1[0-2]|0[1-9])/${day})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?Z?)?`;
const written = String.raw`(?:${day}(?:st|nd|rd|th)?[ -]{1,2}(?:of[ ]|day of[ ])?${month}(?:[ ,-]{1,2}(?:${year}|'\d{2}))?|${month}[ ]${day}(?:st|nd|rd|th)?(?:,?[ ]${year})?|${month}[ ,]{1,2}${year}|${day}[A-Z]{3}\d{2,4})`;
const date = `(?:${numeric}|${written})`;
const tens = String.raw`(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)`;
const units = String.raw`(?:one|two|three|four|five|six|seven|eight|nine)`;
const teens = String.raw`(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)`;
const ageWords = String.raw`(?:${tens}(?:[ -]${units})?|${teens}|${units})`;
const ageNumber = String.raw`(?:1[01]\d|[1-9]?\d)`;

export const dates: readonly Rule[] = [
  {
    id: 'date.birth', type: 'DATE_OF_BIRTH', name: 'Date of birth', source: 'domain knowledge: a date is one of birth only beside its cue',
    pattern: pattern(String.raw`(?<![\p{L}\d/.-])${date}`, close), before: cue(30, 'born', 'dob', 'd.o.b', 'd.o.b.', 'd/o/b', 'date of birth', 'birth', 'birthday', 'birthdate'), after: cue(20, '(dob)', 'date of birth'), cued: auto(0.98), bare: null,
  },
  {
    id: 'date.birth-solid', type: 'DATE_OF_BIRTH', name: 'Date of birth as six or eight digits, or a year', source: 'domain knowledge',
    pattern: pattern(open, String.raw`(?:\d{8}|\d{6}|${year})`, close), before: cue(20, 'born', 'born in', 'dob', 'd.o.b', 'date of birth'), cued: auto(0.9), bare: null,
  },
  {
    id: 'date.death', type: 'DATE_OF_DEATH', name: 'Date of death', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}\d/.-])${date}`, close), before: cue(25, 'died', 'death', 'deceased', 'died on', 'date of death', 'passed away'), cued: auto(0.9), bare: null,
  },
  {
    id: 'date.date', type: 'DATE', name: 'Date', source: 'domain knowledge: found, and kept by most policies (offence dates are evidence)', pattern: pattern(String.raw`(?<![\p{L}\d/.-])${date}`, close), cued: null, bare: auto(0.9),
  },
  {
    id: 'date.year', type: 'DATE', name: 'Year after a preposition', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}])(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Ff]rom|[Bb]y|[Bb]efore|[Aa]fter|[Bb]etween|and|to|of|early|late|mid|spring|summer|autumn|winter|year|a|the|[Tt]he)[ -](?<value>(?:1[89]|20)\d{2}s?)(?![\p{L}\d/]|[.,]\d)`), cued: null, bare: auto(0.7),
  },
  {
    id: 'date.weekday', type: 'DATE', name: 'Day of the week', source: 'domain knowledge', pattern: pattern(open, String.raw`(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day`, close), cued: null, bare: review(0.3),
  },
  {
    id: 'date.age', type: 'AGE', name: 'Age', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}])(?:[Aa]ged?|AGED?)(?:[ ]of|[ ]is)?[ :]{1,3}(?<value>${ageNumber}|${ageWords})`, close), refine: plausibleAge, cued: null, bare: auto(0.9),
  },
  {
    id: 'date.age-years', type: 'AGE', name: 'Years old, year-old, years of age', source: 'domain knowledge',
    pattern: pattern(open, String.raw`(?:${ageNumber}|${ageWords})[ -](?:years?|yrs?|months?|yr|weeks?)[ -](?:old|of age)`, close), cued: null, bare: auto(0.93),
  },
  {
    id: 'date.age-turned', type: 'AGE', name: 'Age after "turned" or "turning"', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}])(?:just turned|turned|turning|turns|turn|I am|I'm|is now|was then)[ ](?<value>${ageNumber})(?=[ ]?(?:[,.;!?]|$|\n|and |today|next |this |in |on ))`), refine: plausibleAge, cued: null, bare: auto(0.75),
  },
  {
    id: 'date.age-short', type: 'AGE', name: 'Age in brackets after a name, or yo', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}\d])(?:${ageNumber}[ ]?(?:y/o|yo|yrs)(?![\p{L}\d])|(?<=\p{L}[ ]\()${ageNumber}(?=\)))`), cued: null, bare: auto(0.75),
  },
];

function plausibleAge(value: string): string | null {
  return value === '0' ? null : value;
}
