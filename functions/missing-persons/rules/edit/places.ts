/**
 * Where each field that can be edited stands in the record (3.1, 3.2), by its name at the edge. Not here, because each has a command or a law of its own: the time of the report, state, level, owner,
 * flags, access, photographs, links to other cases, outcome and retention. Birth is `dob` or `age` at the edge and one value in the record; see edge.ts.
 */
export const places = {
  names: 'person.names', isUnidentified: 'person.isUnidentified', dobEstimated: 'person.dobEstimated', sexAtRegistration: 'person.sexAtRegistration', genderIdentity: 'person.genderIdentity', genderIdentityText: 'person.genderIdentityText',
  ethnicitySelf: 'person.ethnicitySelf', ethnicityOfficer: 'person.ethnicityOfficer', nationality: 'person.nationality', languages: 'person.languages', interpreter: 'person.interpreter', religion: 'person.religion', disability: 'person.disability',
  clothing: 'person.clothing', carried: 'person.carried', homeAddress: 'person.homeAddress',
  heightCm: 'person.description.heightCm', build: 'person.description.build', hair: 'person.description.hair', eyes: 'person.description.eyes', facialHair: 'person.description.facialHair', glasses: 'person.description.glasses', skin: 'person.description.skin',
  marks: 'person.description.marks', dental: 'person.description.dental', piercings: 'person.description.piercings', tattoos: 'person.description.tattoos', generalDescription: 'person.description.general',
  pncId: 'person.identifiers.pncId', cro: 'person.identifiers.cro', nhsNo: 'person.identifiers.nhsNo', passportNo: 'person.identifiers.passportNo', niNo: 'person.identifiers.niNo',
  devices: 'person.devices', accounts: 'person.accounts', vehicles: 'person.vehicles', agencies: 'person.agencies', associates: 'person.associates', frequents: 'person.frequents',
  conditions: 'person.medical.conditions', medication: 'person.medical.medication', allergies: 'person.medical.allergies', isBloodborneRisk: 'person.medical.isBloodborneRisk', mentalHealthStatus: 'person.medical.mentalHealthStatus',
  capacity: 'person.medical.capacity', mhaSection: 'person.medical.mhaSection', dols: 'person.medical.dols',
  laResponsible: 'person.care.laResponsible', laPlaced: 'person.care.laPlaced', legalStatus: 'person.care.legalStatus', placementType: 'person.care.placementType', provider: 'person.care.provider', placementProviderId: 'person.care.placementProviderId',
  placedAt: 'person.care.placedAt', keyworker: 'person.care.keyworker', curfew: 'person.care.curfew', socialWorkerName: 'person.care.socialWorker.name', socialWorkerPhone: 'person.care.socialWorker.phone', socialWorkerOohPhone: 'person.care.socialWorker.oohPhone',
  school: 'person.education.school', dslName: 'person.education.dslName', dslPhone: 'person.education.dslPhone',
  incidentRef: 'casefile.incidentRef', rmsRef: 'casefile.rmsRef', missingFrom: 'casefile.missingFrom', lastSeenFrom: 'casefile.lastSeen.from', lastSeenTo: 'casefile.lastSeen.to', lastSeenPrecision: 'casefile.lastSeen.precision', lastSeenReason: 'casefile.lastSeen.unknownReason',
  lastSeenPlace: 'casefile.lastSeenPlace.text', lastSeenLat: 'casefile.lastSeenPlace.lat', lastSeenLon: 'casefile.lastSeenPlace.lon', lastSeenPrecisionM: 'casefile.lastSeenPlace.precisionM', lastSeenWhat3words: 'casefile.lastSeenPlace.what3words',
  lastSeenUprn: 'casefile.lastSeenPlace.uprn', circumstances: 'casefile.circumstances', outOfCharacter: 'casefile.outOfCharacter', intendedDestination: 'casefile.intendedDestination', travelMode: 'casefile.travelMode', withWhom: 'casefile.withWhom',
  weatherC: 'casefile.weatherAtLoss.temperatureC', weather: 'casefile.weatherAtLoss.text', weatherSource: 'casefile.weatherAtLoss.source', informants: 'casefile.informants', hypotheses: 'casefile.hypotheses', crimeRefs: 'casefile.linked.crimeRefs',
} as const;
export type PlacedField = keyof typeof places;

const isPlaced = (name: string): name is PlacedField => Object.hasOwn(places, name);
export const placed: readonly PlacedField[] = Object.keys(places).filter(isPlaced);

/** What the record may never be without: it can be changed and not emptied. */
const kept: ReadonlySet<PlacedField> = new Set<PlacedField>(['names', 'missingFrom', 'lastSeenPrecision', 'outOfCharacter', 'informants', 'hypotheses', 'crimeRefs']);
export const clearable: readonly PlacedField[] = placed.filter(name => !kept.has(name));

/** The steps to a field: the part of the record first. */
export function pathOf(name: PlacedField): string[] {
  return places[name].split('.');
}

/** The field at the edge at which a fault of a part of the record is shown: `description.heightCm` of the person is `heightCm`. */
export function fieldAt(root: 'person' | 'casefile', fault: string): string {
  const path = `${root}.${fault}`;
  const found = placed.find(name => path === places[name] || path.startsWith(`${places[name]}.`));
  return found === undefined ? fault : `${found}${path.slice(places[found].length)}`;
}
