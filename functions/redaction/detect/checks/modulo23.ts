import { compact } from './text.ts';

/** The letter of a number modulo 23: I, O and S are left out (ministryofjustice hmpps-person-record, bichard7). */
export const letters = 'ZABCDEFGHJKLMNPQRTUVWXY';

const letterOf = (digits: string): string => letters.charAt(Number(BigInt(digits) % 23n));

const pnc = /^(?:19|20)?(\d{2})[/\\-](\d{1,7})([A-Z])$/;
const pncSolid = /^(?:19|20)(\d{2})(\d{7})([A-Z])$/;
const cro = /^(\d{1,6})[/\\-](\d{2})([A-Z])$/;
const croFile = /^SF(\d{2})[/\\-](\d{1,6})([A-Z])$/;

const tight = (value: string): string => value.toUpperCase().replaceAll(/\s/g, '');

/** Police National Computer id `YY[YY]/N{1,7}L`: letter of YY and the serial padded to seven digits. */
export function isPncId(value: string): boolean {
  const [, year, serial, letter] = pnc.exec(tight(value)) ?? pncSolid.exec(tight(value)) ?? [];
  return year !== undefined && serial !== undefined && letterOf(year + serial.padStart(7, '0')) === letter;
}

/** Criminal Records Office number `N{1,6}/YYL` (serial padded to six digits) or `SFYY/N{1,6}L` (serial as written). */
export function isCroNumber(value: string): boolean {
  const [, serial, year, letter] = cro.exec(tight(value)) ?? [];
  if (serial !== undefined && year !== undefined) return letterOf(year + serial.padStart(6, '0')) === letter;
  const [, fileYear, fileSerial, fileLetter] = croFile.exec(tight(value)) ?? [];
  return fileYear !== undefined && fileSerial !== undefined && letterOf(fileYear + fileSerial) === fileLetter;
}

/**
 * Arrest/summons number: year 2, force 2, unit 2, system 2, sequence 11 digits, letter. Checked number: force, system, year, sequence;
 * a force or system that is not numeric is left out (the Asn class of bichard7).
 */
export function isAsn(value: string): boolean {
  const solid = padSequence(value);
  const parts = /^(\d{2})([A-Z\d]{2})[A-Z\d]{2}([A-Z\d]{2})(\d{11})([A-Z])$/.exec(solid);
  const [, year = '', force = '', system = '', sequence = '', letter] = parts ?? [];
  if (!parts) return false;
  const numeric = [force, system].filter(part => /^\d{2}$/.test(part)).join('');
  return letterOf(numeric + year + sequence) === letter;
}

/** `11/01ZD/01/448754K` is written without the zeros. */
function padSequence(value: string): string {
  const [year, station, system, sequence] = value.toUpperCase().replaceAll(/\s/g, '').split('/');
  if (year === undefined || station === undefined || system === undefined || sequence === undefined) return compact(value);
  return year + station + system + sequence.padStart(12, '0');
}
