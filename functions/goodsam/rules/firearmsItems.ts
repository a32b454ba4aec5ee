/** The 31 items of a remote security inspection (goodsam.md 9), in our own words. */
export interface ChecklistItem {
  readonly item: number;
  readonly group: 'IDENTITY' | 'CABINET' | 'CONTENTS' | 'PREMISES' | 'SUITABILITY';
  readonly text: string;
  /** What to note, or how to look. */
  readonly help: string;
  /** NA is a possible answer: the thing need not exist in every home or on every certificate. */
  readonly mayBeNa: boolean;
}

type Row = readonly [text: string, help: string, mayBeNa?: true];

const identity: readonly Row[] = [
  ['The face is that of the photograph on file', 'Compare with the file photograph; note the certificate seen.'],
  ['Date of birth and address are given correctly', 'Ask for them; do not read them out first.'],
  ['The location is within 100 m of the address of the certificate', 'A browser location can be faked; note the distance shown.'],
  ['Who lives here and who has access is known', 'Names and ages of all who live here; who else has a key to the house.'],
  ['Changes since the last visit have been asked about', 'Household, health, work, contact with the police.'],
];
const cabinet: readonly Row[] = [
  ['The cabinet is in the dwelling', 'A garage or outbuilding counts only if it was approved; note the approval.'],
  ['Callers cannot see the cabinet', 'Look from the front door and the windows.'],
  ['The cabinet has a BS 7558 mark or is an accepted older type', 'The standard dates from 1992; a sound older cabinet is acceptable.'],
  ['It is fixed to a solid structure at four points or more', 'Have it pulled on camera.'],
  ['Hinges and the gap of the door are sound', 'Have the closed door shown from the hinge side.'],
  ['Both locks work', 'Have each one locked and tried.'],
  ['Only the holder has the keys or the code', 'To be said and not shown: never have a code or the place of a key shown or spoken.'],
  ['A mobile home or flat has its extra measures', 'NA in a house.', true],
];
const contents: readonly Row[] = [
  ['Each gun matches the list of NFLMS by type, make, calibre and serial number', 'Read each serial number; take a snapshot.'],
  ['Every listed gun is here or accounted for', 'With a dealer, transferred or sold: note where and when.'],
  ['There is no gun that is not listed', 'Have the empty cabinet shown.'],
  ['Moderators and other section 1 parts match the list', 'NA where none is held.', true],
  ['Bolts and other removable parts are kept apart', 'Where reasonable, in another locked place.'],
  ['Section 1 ammunition is locked, apart, and within the amount allowed', 'NA where none is held.', true],
  ['Section 1 shot guns have been checked', 'NA where none is held.', true],
  ['Deactivated, antique and air weapons have been declared', 'NA where none is held.', true],
];
const premises: readonly Row[] = [
  ['The final exit door has sound locks', 'Have the lock shown from inside.'],
  ['Windows that can be reached are secured', 'NA where none can be reached.', true],
  ['The alarm is set and serviced', 'Note the date of service. NA where the level does not ask for one.', true],
  ['Cameras and lights work', 'NA where there are none.', true],
];
const suitability: readonly Row[] = [
  ['The certificate is signed and held', 'Have the signature shown.'],
  ['The conditions are understood and good reason continues', 'Territory, club or land; note the evidence.'],
  ['Storage in a vehicle and on the way is understood', 'NA where the guns are never moved.', true],
  ['Medical matters and contact with the GP are agreed', 'Note what has changed.'],
  ['There is a concern about domestic abuse or the household', 'YES means concern. Ask alone where possible.'],
  ['The overall view of the enquiry officer is favourable', 'Note the reasons.'],
];

const groups = [['IDENTITY', identity], ['CABINET', cabinet], ['CONTENTS', contents], ['PREMISES', premises], ['SUITABILITY', suitability]] as const;

export const checklistItems: readonly ChecklistItem[] = groups
  .flatMap(([group, rows]) => rows.map(([text, help, mayBeNa]) => ({ group, text, help, mayBeNa: mayBeNa ?? false })))
  .map((row, index) => ({ item: index + 1, ...row }));
