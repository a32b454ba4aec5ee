/** How a text message is charged and cut: 3GPP TS 23.038 (alphabet) and 23.040 (concatenation), as goodsam.md 13 states them. */
export interface SmsFit {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Septets in GSM-7 (an extension character is 2), 16-bit units in UCS-2. Without the filling at the end of a part. */
  readonly units: number;
  readonly parts: number;
}

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Each is sent as an escape and a second septet. */
const EXTENSION = new Set('^{}\\[~]|€\f');
const LIMITS = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } } as const;

/** Encoding, units and parts of a text as a phone network would send it. One character outside GSM-7 turns the whole text to UCS-2. */
export function smsFit(text: string): SmsFit {
  const characters = Array.from(text);
  const isGsm = characters.every(character => BASIC.has(character) || EXTENSION.has(character));
  const encoding = isGsm ? 'GSM-7' : 'UCS-2';
  const sizes = characters.map(character => isGsm ? gsmSize(character) : character.length);
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { single, part } = LIMITS[encoding];
  return { encoding, units, parts: units <= single ? 1 : partsOf(sizes, part) };
}

function gsmSize(character: string): number {
  return EXTENSION.has(character) ? 2 : 1;
}

/** Counts parts by filling them in order: an escape pair or a surrogate pair that does not fit whole goes to the next part. */
function partsOf(sizes: readonly number[], limit: number): number {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > limit) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}
