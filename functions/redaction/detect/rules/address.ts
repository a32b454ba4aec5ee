import { hasPostcodeArea, isGridSquare, isLatLong } from '../checks/postcode.ts';
import { auto, close, cue, open, pattern, review, type Rule } from '../rule.ts';

const street = String.raw`(?:Street|Str|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Cl|Court|Ct|Crescent|Cres|Way|Place|Pl|Terrace|Ter|Gardens|Gdns|Grove|Gr|Walk|Hill|Green|Park|Square|Sq|Mews|Row|Rise|View|Parade|Boulevard|Blvd|Broadway|Highway|Circle|Trail|Parkway|Mount|Wharf|Quay|Embankment|Bank|Brow|Fold|Croft|Meadow|Meadows|Heights|Gate|Common|Vale|Villas|Yard|Approach|Bypass|Chase|Dale|End|Oval|Path|Ridge|Side|Woods?|STREET|ROAD|AVENUE|LANE|DRIVE|CLOSE|COURT|CRESCENT|WAY|PLACE|TERRACE|GARDENS|GROVE|WALK|HILL|GREEN|PARK|SQUARE|MEWS|ROW|RISE|VIEW|MOUNT)`;
const word = String.raw`\p{Lu}[\p{L}\p{M}'.-]{0,24}`;
const number = String.raw`\d{1,5}[A-Za-z]?(?:[ ]?[-/][ ]?\d{1,4}[A-Za-z]?)?`;
const flat = String.raw`(?:(?:[Ff]lat|FLAT|[Aa]partment|APARTMENT|[Aa]pt\.?|[Uu]nit|[Rr]oom|[Ss]uite|[Ss]tudio)[ ](?:\d{1,4}[A-Za-z]?|[A-Z]\d{0,3}))`;
const postcode = String.raw`[A-Za-z]{1,2}\d[A-Za-z\d]?[ \n]{0,2}\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}`;
const tail = String.raw`(?:[ ]?[,\n][ ]{0,2}${word}(?:[ ]${word}){0,2}){0,4}(?:[ ]?[,\n]?[ ]{0,2}${postcode}${close})`;

export const address: readonly Rule[] = [
  {
    id: 'address.street', type: 'ADDRESS', name: 'House number and street, with its flat, locality and postcode where they follow', source: 'domain knowledge: BS 7666 order',
    pattern: pattern(
      String.raw`(?<![\p{L}\d/.,-])(?:${flat},?[ \n]{1,2})?(?:${word}(?:[ ]${word})?,[ ])?${number},?[ ](?:${word}[ ]){1,4}${street}(?![\p{L}\d])\.?(?:,?[ ]${flat})?`, `(?:${tail})?`),
    refine: withoutSentence, cued: null, bare: auto(0.9),
  },
  {
    id: 'address.flat', type: 'ADDRESS', name: 'Flat, apartment, unit or room', source: 'domain knowledge',
    pattern: pattern(open, String.raw`${flat}(?:,[ ]${word}(?:[ ]${word}){0,2}(?=,))?`, close), cued: null, bare: auto(0.75),
  },
  {
    id: 'address.house-name', type: 'ADDRESS', name: 'House name, street, and a postcode', source: 'domain knowledge',
    pattern: pattern(open, String.raw`${word}(?:[ ]${word}){0,2}${tail}`), cued: null, bare: auto(0.85),
  },
  {
    id: 'address.labelled', type: 'ADDRESS', name: 'What follows an address label to the end of its line', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}\d])(?:[Hh]ome |[Ww]ork |[Cc]urrent |[Pp]revious |[Pp]ostal )?(?:[Aa]ddress|ADDRESS)[ ]?:[ ]{0,3}(?<value>[^\n;]{5,120})`), cued: null, bare: auto(0.8),
  },
  {
    id: 'address.living-at', type: 'ADDRESS', name: 'Number and words after a verb of living', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}])(?:[Ll]ives?|[Ll]iving|[Ll]ived|[Rr]esid(?:es|ing|ent)|[Aa]ddress(?:[ ]is|[ ]of[ ][^\n.]{1,30}[ ]is)?|moved)[ ](?:at[ ]|to[ ])?(?<value>${number}[ ]${word}(?:[ ]${word}|[ ]\d{1,4}(?=\D)){0,4})`),
    cued: null, bare: auto(0.8),
  },
  {
    id: 'address.box', type: 'ADDRESS', name: 'PO box or BFPO', source: 'domain knowledge', pattern: pattern(open, String.raw`(?:P\.?[ ]?O\.?[ ]?[Bb]ox|BFPO)[ ]\d{1,6}`, close), cued: null, bare: auto(0.85),
  },
  {
    id: 'address.street-alone', type: 'LOCATION_IDENTIFYING', name: 'Street without a number', source: 'domain knowledge: the scene is evidence, the home is not; a person decides',
    pattern: pattern(open, String.raw`(?!(?:The|In|On|At|A)[ ])(?:${word}[ ]){1,3}(?:Street|Road|Avenue|Lane|Drive|Close|Crescent|Terrace|Gardens|Grove|Mews)(?![\p{L}\d])`), cued: null, bare: review(0.5),
  },
  {
    id: 'address.place', type: 'LOCATION_IDENTIFYING', name: 'School, surgery, place of work or worship that would place a person', source: 'domain knowledge',
    pattern: pattern(open, String.raw`(?!The[ ])(?:${word}[ ]){1,4}(?:School|Academy|College|University|Nursery|Surgery|Hospital|Hospice|Church|Mosque|Synagogue|Temple|Hostel|Prison|Medical Centre|Health Centre|Care Home|Children's Home|Infirmary)(?![\p{L}\d])`), cued: null, bare: review(0.5),
  },
  {
    id: 'address.postcode', type: 'POSTCODE', name: 'Full postcode', source: 'sourced: Royal Mail area letters; inward letters leave out C I K M O V',
    pattern: pattern(open, String.raw`(?:[Gg][Ii][Rr][ ]?0[Aa]{2}|${postcode})`, close), check: hasPostcodeArea, cued: null, bare: auto(0.96),
  },
  {
    id: 'address.postcode-outward', type: 'POSTCODE', name: 'Outward half of a postcode', source: 'sourced: Royal Mail area letters',
    pattern: pattern(open, String.raw`[A-Z]{1,2}\d[A-Z\d]?`, close), check: hasPostcodeArea, before: cue(30, 'postcode', 'post code', 'postal', 'postcode area', 'postcode district'), cued: auto(0.8), bare: null,
  },
  {
    id: 'address.uprn', type: 'UPRN', name: 'Unique property reference number', source: 'domain knowledge: up to twelve digits', pattern: pattern(open, String.raw`\d{6,12}`, close), before: cue(30, 'uprn', 'property reference'), cued: auto(0.95), bare: null,
  },
  {
    id: 'address.what3words', type: 'WHAT3WORDS', name: 'what3words with its slashes', source: 'domain knowledge', pattern: pattern(String.raw`(?<![\p{L}\d/:])///[ ]?\p{Ll}{2,24}\.\p{Ll}{2,24}\.\p{Ll}{2,24}`, close), cued: null, bare: auto(0.97),
  },
  {
    id: 'address.what3words-cued', type: 'WHAT3WORDS', name: 'what3words beside its name', source: 'domain knowledge',
    pattern: pattern(String.raw`(?<![\p{L}\d.@/])\p{Ll}{2,24}[.·]\p{Ll}{2,24}[.·]\p{Ll}{2,24}`, close), before: cue(40, 'what3words', 'w3w', 'what 3 words', 'what three words'), cued: auto(0.9), bare: null,
  },
  {
    id: 'address.grid-reference', type: 'GRID_REFERENCE', name: 'Ordnance Survey grid reference', source: 'sourced: Ordnance Survey squares; letters and an even number of digits',
    pattern: pattern(open, String.raw`[HNOST][A-HJ-Z][ ]?(?:\d{10}|\d{8}|\d{6}|\d{5}[ ]\d{5}|\d{4}[ ]\d{4}|\d{3}[ ]\d{3})`, close), check: isGridSquare,
    before: cue(40, 'grid', 'grid ref', 'grid reference', 'ngr', 'os'), cued: auto(0.97), bare: auto(0.8),
  },
  {
    id: 'address.grid-reference-short', type: 'GRID_REFERENCE', name: 'Four-figure grid reference', source: 'sourced: Ordnance Survey squares',
    pattern: pattern(open, String.raw`[HNOST][A-HJ-Z][ ]?\d{2}[ ]?\d{2}`, close), check: isGridSquare, before: cue(40, 'grid', 'grid ref', 'grid reference', 'ngr'), cued: auto(0.85), bare: null,
  },
  {
    id: 'address.coordinates', type: 'COORDINATES', name: 'Latitude and longitude', source: 'sourced: WGS 84 ranges',
    pattern: pattern(String.raw`(?<![\p{L}\d.])[+-]?\d{1,2}\.\d{3,10}[°º]?[ ]?[NnSs]?[ ]?[,;/ ][ ]{0,2}(?:[Ll]ong?(?:itude)?[: ]{0,2})?[+-]?\d{1,3}\.\d{3,10}[°º]?(?:[ ]?[EeWw](?![\p{L}]))?(?![\d.])`), check: isLatLong, cued: null, bare: auto(0.95),
  },
  {
    id: 'address.coordinates-degrees', type: 'COORDINATES', name: 'Latitude and longitude in degrees and minutes', source: 'sourced: ISO 6709',
    pattern: pattern(String.raw`(?<![\p{L}\d.])\d{1,2}[°º][ ]?\d{1,2}(?:\.\d{1,6})?'[ ]?(?:\d{1,2}(?:\.\d{1,6})?"[ ]?)?[NSns][ ,]{0,3}\d{1,3}[°º][ ]?\d{1,2}(?:\.\d{1,6})?'[ ]?(?:\d{1,2}(?:\.\d{1,6})?"[ ]?)?[EWew]`, close), cued: null, bare: auto(0.97),
  },
];

/** A number that ends one sentence and a street that begins the next are no address. */
function withoutSentence(value: string): string | null {
  return /^\d{1,5}\.? (?:The|He|She|They|It|This|That|We|In|On|At) /.test(value) ? null : value;
}
