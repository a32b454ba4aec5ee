const areas = new Set((
  'AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG '
  + 'HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE '
  + 'SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE'
).split(' '));

/** The area letters are ones that Royal Mail uses (Crown Dependencies and BFPO included). */
export function hasPostcodeArea(value: string): boolean {
  const solid = value.toUpperCase().replaceAll(/\s/g, '');
  return solid === 'GIR0AA' || areas.has(/^[A-Z]{1,2}/.exec(solid)?.[0] ?? '');
}

/** Ordnance Survey 100 km squares that hold land of Great Britain begin H, N, S, T or O; I is not used. */
export const isGridSquare = (value: string): boolean => {
  const solid = value.toUpperCase().replaceAll(/\s/g, '');
  return /^(?:H[P-Z]|N[A-HJ-Z]|O[VWX]|S[A-HJ-Z]|T[A-HL-MQ-RV-W])(?:\d{2}){1,5}$/.test(solid);
};

/** Latitude and longitude, in that order, within the globe. */
export function isLatLong(value: string): boolean {
  const [latitude, longitude] = value.match(/\d{1,3}\.\d{1,10}/g)?.map(Number) ?? [];
  return latitude !== undefined && longitude !== undefined && latitude <= 90 && longitude <= 180;
}
