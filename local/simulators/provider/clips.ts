import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { seededRandom } from '../../host/prng.ts';
import { homeAddress } from '../scenarios.ts';
import { makeMp4 } from './mp4.ts';
import type { Fix } from './session.ts';

/** A file that can be read from any byte on, any number of times. */
export interface Clip {
  readonly mime: string;
  readonly bytes: number;
  readonly sha256: string;
  read(from: number): Iterable<Uint8Array>;
}

export interface Clips { readonly photo: Clip; readonly clip: Clip; readonly eicar: Clip; readonly huge: () => Clip }

const BLOCK = 64 * 1_024;

/** Makes the sample files. None is in the repository, and all are plainly artificial. */
export async function makeClips(seed: number, hugeBytes: number): Promise<Clips> {
  const made: { huge?: Clip } = {};
  return {
    photo: inMemory('image/jpeg', await photoWithPlace()),
    clip: inMemory('video/mp4', makeMp4()),
    eicar: inMemory('application/octet-stream', eicarTestFile()),
    // Its digest takes a while, so it is made when it is wanted.
    huge: () => (made.huge ??= repeated('video/mp4', noise(seed), hugeBytes)),
  };
}

/** A track in GPX 1.1. */
export function trackClip(fixes: readonly Fix[]): Clip {
  const points = fixes.map(fix => `<trkpt lat="${fix.lat}" lon="${fix.lng}"><time>${fix.at}</time><hdop>${fix.accuracyM}</hdop></trkpt>`).join('');
  const gpx = `<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" creator="provider simulator" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${points}</trkseg></trk></gpx>`;
  return inMemory('application/gpx+xml', Buffer.from(gpx));
}

export function textClip(text: string): Clip {
  return inMemory('text/plain', Buffer.from(text));
}

function inMemory(mime: string, bytes: Uint8Array): Clip {
  return {
    mime, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'),
    *read(from) {
      for (let at = from; at < bytes.length; at += BLOCK) yield bytes.subarray(at, at + BLOCK);
    },
  };
}

/** A large file without the memory for it: one block over and over. */
function repeated(mime: string, block: Uint8Array, bytes: number): Clip {
  const read = function* (from: number): Iterable<Uint8Array> {
    for (let at = from; at < bytes;) {
      const piece = block.subarray(at % block.length, Math.min(block.length, (at % block.length) + bytes - at));
      yield piece;
      at += piece.length;
    }
  };
  const hash = createHash('sha256');
  for (const piece of read(0)) hash.update(piece);
  return { mime, bytes, sha256: hash.digest('hex'), read };
}

function noise(seed: number): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: BLOCK }, () => Math.floor(random() * 256));
}

/** A small JPEG with the place of the made-up address in its EXIF data: what a phone's photo gives away. */
async function photoWithPlace(): Promise<Uint8Array> {
  const [width, height] = [160, 120];
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => [(index / 3) % width, Math.floor(index / 3 / width) * 2, 128][index % 3] ?? 0);
  return await sharp(pixels, { raw: { width, height, channels: 3 } }).jpeg().withExif({
    IFD0: { Make: 'Simulator', ImageDescription: 'Artificial picture' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: degrees(homeAddress.lat), GPSLongitudeRef: 'W', GPSLongitude: degrees(-homeAddress.lng) },
  }).toBuffer();
}

/** EXIF: degrees, minutes, seconds as fractions. */
function degrees(value: number): string {
  const minutes = (value % 1) * 60;
  return `${Math.floor(value)}/1 ${Math.floor(minutes)}/1 ${Math.round((minutes % 1) * 6_000)}/100`;
}

/** The EICAR test string is harmless, but scanners take any file that begins with it: so it is put together here. */
function eicarTestFile(): Uint8Array {
  return Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-', 'ANTIVIRUS-TEST-', 'FILE!$H+H*'].join(''));
}
