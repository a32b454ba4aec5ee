import { cutFullName, cutName, fullName, initials, lineName, nameWord, wordEnd } from '../names.ts';
import { auto, pattern, review, type Rule } from '../rule.ts';
import type { Role } from '../types.ts';
import { ambiguousNames, givenNames, nameStops, titles } from '../words.ts';

const notInWord = String.raw`(?<![\p{L}\p{M}\d'-])`;
const title = String.raw`(?:M(?:r|rs|s|iss|x)|MR|MRS|MS|MISS|MX|Messrs|Master|Dr|DR|Prof|Professor|PROFESSOR|Sir|Dame|Lord|Lady|Rev|Revd|Reverend|Father|Sister|Cllr|Councillor|Baroness|Judge|Justice|Mme|Madame|Monsieur|Herr|Frau|Imam|Rabbi)`;

const nameRun = String.raw`${nameWord}(?:[ ](?:${initials}|\p{Lu}[ ])?${nameWord}){1,3}`;

/** Rules of names after a label: the label says the role. */
const labels: readonly (readonly [string, Role, string])[] = [
  ['suspect', 'suspect', 'Suspect|SUSPECT|Defendant|DEFENDANT|Accused|ACCUSED|Offender|OFFENDER|Detained person|DP|Detainee|Interviewee|Subject name'],
  ['victim', 'victim', 'Victim|VICTIM|Complainant|COMPLAINANT|Aggrieved|AGGRIEVED|Injured [Pp]arty|IP|Injured [Pp]erson|Victim [Nn]ame'],
  ['witness', 'witness', "Witness|WITNESS|Witness [Nn]ame|Statement of|STATEMENT OF|Informant|Reporting [Pp]erson|Reported [Bb]y|Caller|CALLER"],
  ['child', 'child', 'Child|CHILD|Juvenile|Pupil|Student|Young [Pp]erson'],
  ['staff', 'staff', 'Solicitor|SOLICITOR|Appropriate [Aa]dult|Social [Ww]orker|Interpreter|Doctor|Nurse|Consultant|Teacher|Manager|Author|Prepared [Bb]y|Legal [Rr]epresentative'],
  ['third-party', 'third-party', 'Next of [Kk]in|NOK|Mother|Father|Parent|Guardian|Partner|Spouse|Wife|Husband|Neighbour|Employer|Emergency [Cc]ontact'],
  ['name', 'unknown', "Name|NAME|Full [Nn]ame|FULL NAME|Names|Surname|SURNAME|Last [Nn]ame|Family [Nn]ame|Forenames?|FORENAMES?|First [Nn]ames?|Given [Nn]ames?|Middle [Nn]ames?|Maiden [Nn]ame|Previous [Nn]ames?|Alias|ALIAS|AKA|Nickname|Patient|Applicant|Claimant|Customer|Client|Signed|SIGNED|Signature|SIGNATURE|Print [Nn]ame|From|To|Cc|CC|Attn|FAO|Contact|Attendees?|Present|Holder|Account [Hh]older|Beneficiary|Recipient|Driver|Keeper|Registered [Kk]eeper|Owner|Patient [Nn]ame"],
];

const labelled: readonly Rule[] = labels.map(([id, role, words]) => ({
  id: `person.label-${id}`, type: 'PERSON', name: `Name after the label of a ${id}`, source: 'domain knowledge: labels of MG forms, custody records and e-mail', role,
  pattern: pattern(String.raw`(?<![\p{L}\d])(?:${words})(?:\(s\))?[ ]{0,2}(?:\d[ ]?)?[:=][ \t]{0,4}(?:"|(?:${title})\.?[ ])?(?<value>${lineName})`), refine: cutName, cued: null, bare: auto(0.92),
}));

/** A word for somebody before a name: "my brother John", "the defendant, Amir Khan". */
const roleNouns: readonly (readonly [Role, string])[] = [
  ['suspect', 'suspect|defendant|accused|offender|appellant|perpetrator|detainee'],
  ['victim', 'victim|complainant|injured party|aggrieved|deceased'],
  ['witness', 'witness|eyewitness|informant|caller'],
  ['child', 'son|daughter|baby|child|stepson|stepdaughter|pupil|grandson|granddaughter'],
  ['staff', 'solicitor|barrister|nurse|doctor|paramedic|social worker|support worker|teacher|headteacher|interpreter|surgeon|consultant|psychiatrist|psychologist|counsellor'],
  ['third-party', 'brother|sister|mother|father|mum|dad|husband|wife|partner|ex-partner|boyfriend|girlfriend|ex-boyfriend|ex-girlfriend|friend|mate|cousin|uncle|aunt|auntie|nephew|niece|neighbour|colleague|boss|landlord|manager|fiance|fiancee|flatmate'],
  ['unknown', 'applicant|claimant|respondent|petitioner|patient|customer|author|singer|actor|actress|director|professor'],
];
const nouns: readonly Rule[] = roleNouns.map(([role, words]) => ({
  id: `person.noun-${role}`, type: 'PERSON', name: `Name after a word for a person (${role})`, source: 'domain knowledge', role,
  pattern: pattern(String.raw`(?<![\p{L}])(?:${words}),?[ ](?:${title}\.?[ ])?(?<value>${lineName})`), refine: cutName, cued: null, bare: auto(0.8),
}));

const verbs = 'said|says|told|asked|asks|replied|replies|stated|states|explained|claimed|admitted|denied|shouted|texted|phoned|punched|kicked|grabbed|pushed|hit|slapped|stabbed|threatened|arrived|lives|lived|was born|works|worked|agreed|answered|added|thinks|thought|knew|knows|wrote|writes';
const objectVerbs = 'told|asked|met|married|saw|phoned|texted|contacted|arrested|interviewed|assaulted|spoke to|speaking to|spoke with|talked to|written by|represented by|accompanied by|signed by|hit by|driven by|says|said|friend of|child of|son of|daughter of|wife of|husband of|mother of|father of|brother of|sister of';

export const person: readonly Rule[] = [
  {
    id: 'person.title', type: 'PERSON', name: 'Title and name', source: 'domain knowledge',
    pattern: pattern(notInWord, String.raw`(?:${title}\.?[ \n]{1,2}){1,2}(?:${fullName})`), refine: cutTitled, cued: null, bare: auto(0.95),
  },
  ...labelled,
  ...nouns,
  {
    id: 'person.before-verb', type: 'PERSON', name: 'Two capitalised words before a verb of speech or act', source: 'domain knowledge',
    pattern: pattern(notInWord, String.raw`${nameRun}(?=[ ](?:${verbs})(?![\p{L}]))`), refine: wholeFullName, cued: null, bare: auto(0.7),
  },
  {
    id: 'person.word-before-verb', type: 'PERSON', name: 'One capitalised word before a verb of speech or act', source: 'domain knowledge',
    pattern: pattern(notInWord, String.raw`${nameWord}(?=[ ](?:${verbs})(?![\p{L}]))`), refine: cutName, cued: null, bare: review(0.45),
  },
  {
    id: 'person.after-verb', type: 'PERSON', name: 'Two words or more after a verb that takes a person', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}])(?:${objectVerbs})[ ](?<value>${lineName})`), refine: cutFullName, cued: null, bare: auto(0.7),
  },
  {
    id: 'person.word-after-verb', type: 'PERSON', name: 'One word after a verb that takes a person', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}])(?:${objectVerbs})[ ](?<value>${nameWord})`), refine: cutName, cued: null, bare: review(0.45),
  },
  {
    id: 'person.surname-comma', type: 'PERSON', name: 'SURNAME, Forename', source: 'domain knowledge',
    pattern: pattern(notInWord, String.raw`\p{Lu}{2,30}(?:[-']\p{Lu}{1,30}){0,2},[ ]${nameWord}(?:[ ]${nameWord})?`), refine: surnameFirst, cued: null, bare: auto(0.8),
  },
  {
    id: 'person.introduced', type: 'PERSON', name: 'Name after "my name is", "called", "named", "known as"', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}])(?:[Mm]y (?:full )?name is|[Nn]ame is|[Nn]ame was|name's|call me|I am called|called|named|known as|[Aa]\.?[Kk]\.?[Aa]\.?|AKA|alias|nicknamed|n[ée]e|formerly|goes by(?: the name(?: of)?)?|street name|[Ss]igned by|identified as|introduced (?:him|her)self as)[ ]"?'?(?:${title}\.?[ ])?(?<value>${lineName})`),
    refine: cutName, cued: null, bare: auto(0.85),
  },
  {
    id: 'person.i-am', type: 'PERSON', name: 'Name after "I am" or "this is": two words', source: 'domain knowledge: MG11 opens so',
    pattern: pattern(String.raw`(?<![\p{L}])(?:I am|I'm|I,|[Tt]his is|Hi,? this is|It's)[ ](?<value>${lineName})`), refine: cutFullName, cued: null, bare: auto(0.8),
  },
  {
    id: 'person.signed-off', type: 'PERSON', name: 'Name under a letter or message', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}])(?:[Rr]egards|[Ss]incerely|[Ff]aithfully|[Tt]hanks|[Tt]hank you|[Cc]heers|[Bb]est wishes|[Bb]est|[Ll]ove|[Tt]ruly),?[ ]{0,2}\n{1,4}[ ]{0,4}(?<value>${lineName})`), refine: cutName, cued: null, bare: auto(0.85),
  },
  {
    id: 'person.greeted', type: 'PERSON', name: 'Name in a greeting', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}])(?:Dear|Hi|Hello|Hey|DEAR|Good (?:morning|afternoon|evening))[ ,]{1,2}(?:${title}\.?[ ])?(?<value>${lineName})(?=[ ]{0,2}[,!\n.:-])`), refine: cutName, cued: null, bare: auto(0.85),
  },
  {
    id: 'person.initials-surname', type: 'PERSON', name: 'Initials and surname', source: 'domain knowledge',
    pattern: pattern(notInWord, String.raw`(?<!\p{L}\.)${initials}(?:\p{L}{1,3}[ ])?${nameWord}`), refine: initialled, cued: null, bare: auto(0.75),
  },
  {
    id: 'person.given-name', type: 'PERSON', name: 'A common given name and the capitalised words after it', source: 'domain knowledge: list in words.ts',
    pattern: pattern(notInWord, nameRun), refine: value => (startsWithGivenName(value) ? cutFullName(value) : null), cued: null, bare: auto(0.85),
  },
  {
    id: 'person.capitalised', type: 'PERSON', name: 'Two or more capitalised words', source: 'domain knowledge: most are places and organisations, so a person decides',
    pattern: pattern(notInWord, nameRun), refine: cutFullName, cued: null, bare: review(0.3),
  },
  {
    id: 'person.given-name-alone', type: 'PERSON', name: 'A common given name alone within a sentence', source: 'domain knowledge: list in words.ts',
    pattern: pattern(String.raw`(?<=[\p{Ll}\d,;"'(] ?)(?<![\p{L}\p{M}'-])\p{Lu}\p{Ll}{2,12}(?![\p{L}\p{M}]|[ ]\p{Lu}|-\p{L})`), refine: value => (isPlainGivenName(value) ? value : null), cued: null, bare: auto(0.65),
  },
  {
    id: 'person.given-name-anywhere', type: 'PERSON', name: 'A common given name alone', source: 'domain knowledge: list in words.ts',
    pattern: pattern(notInWord, String.raw`\p{Lu}\p{Ll}{2,12}(?![\p{L}\p{M}])`), refine: value => (startsWithGivenName(value) ? value : null), cued: null, bare: review(0.5),
  },
];

function cutTitled(value: string): string | null {
  let head = 0;
  while (titles.has(value.slice(head, wordEnd(value, head)).replace('.', '').toLowerCase())) head = wordEnd(value, head) + 1;
  const name = cutName(value.slice(head).trimStart(), true);
  return name === null ? null : value.slice(0, value.indexOf(name, head) + name.length);
}

function surnameFirst(value: string): string | null {
  const [surname = '', given = ''] = value.split(', ');
  return nameStops.has(surname.toLowerCase()) || cutName(given) === null || given === given.toUpperCase() && given.length < 3 ? null : `${surname}, ${cutName(given) ?? ''}`;
}

/** U.S. Army, U.K. and e.g. are not people. */
function initialled(value: string): string | null {
  if (/^(?:U\.\s?[SKN]\.|E\.\s?[UC]\.|N\.\s?B\.|P\.\s?S\.|A\.\s?M\.|P\.\s?M\.)/.test(value)) return null;
  const surname = value.replace(/^(?:\p{Lu}\.[ ]?){1,4}/u, '');
  return cutName(surname) === surname && surname.length > 2 ? value : null;
}

function startsWithGivenName(value: string): boolean {
  return givenNames.has((/^[\p{L}\p{M}]+/u.exec(value)?.[0] ?? '').toLowerCase());
}

/** A given name that is neither an ordinary word nor a well-known place. */
function isPlainGivenName(value: string): boolean {
  const key = value.toLowerCase();
  return givenNames.has(key) && !ambiguousNames.has(key) && !placeNames.has(key);
}
const placeNames = new Set(['jordan', 'victoria', 'georgia', 'florence', 'chelsea', 'sofia', 'charlotte', 'beverley', 'lewis', 'shannon', 'kimberley', 'stanley', 'kent', 'lincoln', 'douglas', 'harrison']);

/** All of the run is a name, so that the verb is its own. */
function wholeFullName(value: string): string | null {
  return cutFullName(value) === value ? value : null;
}
