import * as z from 'zod';

/** The record of one search (missing-persons.md 3.8 and 15.4). */
export const searchType = z.enum(['INITIAL_HOME', 'OPEN_DOOR', 'HASTY', 'HIGH_PRIORITY', 'SYSTEMATIC', 'WATER', 'AIR', 'DOG', 'DRONE', 'THIRD_PARTY_LAND', 'VEHICLE']);
export type SearchType = z.output<typeof searchType>;

/** Kinds of spaces. In one case of 2020 the garage was not searched and the person was found there two days later (S28). */
export const roomKind = z.enum(['ROOM', 'LOFT', 'GARAGE', 'SHED', 'VEHICLE', 'OUTBUILDING']);

const words = (max: number) => z.string().trim().min(1).max(max);
const who = z.string().min(1).max(64);
const percent = z.number().min(0).max(100);

/** One space. `searched` is left out until somebody says: a list that was drawn up is not a search. `NONE_THERE`: the home has no garage, no loft. */
export const room = z.strictObject({
  name: words(120),
  kind: roomKind,
  searched: z.enum(['YES', 'NO', 'NONE_THERE']).optional(),
  how: words(500).optional(),
  /** Why not, when it was not searched. */
  reason: words(500).optional(),
  locked: z.boolean().optional(),
  by: who.optional(),
  at: z.iso.datetime().optional(),
});
export type Room = z.output<typeof room>;

/**
 * By what right the place was entered (15.4). PACE_17: section 17(1)(e) of the Police and Criminal Evidence Act 1984, to save life or limb; a general concern for
 * somebody's welfare is not enough, so its grounds are asked for [DK].
 */
export const authority = z.strictObject({
  power: z.enum(['CONSENT', 'PACE_17', 'WARRANT', 'OTHER']),
  consentedBy: words(200).optional(),
  /** Grounds of PACE_17, or what OTHER is. */
  grounds: words(1000).optional(),
  warrantRef: words(80).optional(),
  enteredBy: z.array(words(120)).max(40),
});
export type Authority = z.output<typeof authority>;

export const clue = z.strictObject({ at: z.iso.datetime(), text: words(1000), by: who });

export const search = z.strictObject({
  searchId: z.string().min(1).max(64),
  type: searchType,
  areaId: z.string().min(1).max(64).optional(),
  /** Address, vehicle or ground in words. */
  placeText: words(300).optional(),
  rooms: z.array(room).max(150),
  authority: authority.optional(),
  /** Probability of area and of detection as the search adviser states them, percent. */
  poaPct: percent.optional(),
  podPct: percent.optional(),
  coverage: z.enum(['ALL', 'PART', 'NONE']).optional(),
  /** What was left out, and why. */
  coverageNote: words(2000).optional(),
  resources: z.array(words(120)).max(60),
  startedAt: z.iso.datetime(),
  startedBy: who,
  endedAt: z.iso.datetime().optional(),
  clues: z.array(clue).max(200),
  /** The search adviser or supervisor who accepts the coverage. */
  signedOffBy: who.optional(),
});
export type Search = z.output<typeof search>;

export const homeTypes: ReadonlySet<SearchType> = new Set<SearchType>(['INITIAL_HOME', 'OPEN_DOOR']);
/** What the officer is asked about in every home: an entry for each, if only "there is none" (3.8). */
export const askedKinds = roomKind.options.filter(kind => kind !== 'ROOM');
