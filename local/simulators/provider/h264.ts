/**
 * The smallest H.264 there is (ITU-T H.264, baseline profile): every picture an IDR picture, every macroblock I_PCM, so its samples stand in the stream as they are.
 * Enough for a clip that players and sniffers take for what it is, without an encoder.
 */
export interface Picture {
  /** In macroblocks of 16 by 16 samples. */
  readonly columns: number;
  readonly rows: number;
  /** Brightness of a sample, 16 to 235. */
  readonly luma: (x: number, y: number) => number;
}

export interface Nal { readonly sps: Uint8Array; readonly pps: Uint8Array }

const GREY = 128;
/** Baseline, constrained, level 3. */
export const profile = Uint8Array.of(66, 0xc0, 30);

export function parameterSets(columns: number, rows: number): Nal {
  // Ids, frame numbers of 4 bits, picture order as decoded (2), no reference pictures, no gaps, size, frames only, no cropping, no VUI: 7.3.2.1.1.
  const sps = `${ue(0)}${ue(0)}${ue(2)}${ue(0)}0${ue(columns - 1)}${ue(rows - 1)}1000`;
  // Ids, CAVLC, one slice group, no weights, QP offsets of 0, deblocking told by the slice: 7.3.2.2.
  const pps = `${ue(0)}${ue(0)}00${ue(0)}${ue(0)}${ue(0)}000${ue(0)}${ue(0)}${ue(0)}100`;
  return { sps: nal(0x67, [profile, bits(`${sps}1`)]), pps: nal(0x68, [bits(`${pps}1`)]) };
}

/** One picture as one slice. Pictures in a row need different numbers. */
export function idrPicture({ columns, rows, luma }: Picture, number: number): Uint8Array {
  // First macroblock 0, I slices only, parameter set 0, frame 0, number, two flags of reference marking, QP 0, no deblocking: 7.3.3.
  const header = `${ue(0)}${ue(7)}${ue(0)}0000${ue(number % 2)}00${ue(0)}${ue(1)}`;
  const blocks = Array.from({ length: columns * rows }, (_, index) => [
    bits(`${index === 0 ? header : ''}${ue(25)}`), samples((x, y) => luma((index % columns) * 16 + x, Math.floor(index / columns) * 16 + y)),
  ]);
  return nal(0x65, [...blocks.flat(), Uint8Array.of(0x80)]);
}

function samples(luma: (x: number, y: number) => number): Uint8Array {
  const block = new Uint8Array(384).fill(GREY);
  for (let at = 0; at < 256; at += 1) block[at] = luma(at % 16, at >> 4);
  return block;
}

/** Exp-Golomb code of an unsigned number (9.1); of 0 it is the signed one too. */
function ue(value: number): string {
  const binary = (value + 1).toString(2);
  return '0'.repeat(binary.length - 1) + binary;
}

/** Bits as bytes, with zeros to the end of the last. */
function bits(text: string): Uint8Array {
  return Uint8Array.from({ length: Math.ceil(text.length / 8) }, (_, index) => parseInt(text.slice(index * 8, index * 8 + 8).padEnd(8, '0'), 2));
}

/** A unit with its header; a 3 parts any two zeros from a byte of at most 3, so that no start code appears inside (7.4.1). */
function nal(header: number, parts: readonly Uint8Array[]): Uint8Array {
  const out: number[] = [header];
  let zeros = 0;
  for (const byte of Buffer.concat(parts)) {
    if (zeros === 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(out);
}
