import { encodePng } from './png.ts';

/** A shape of the logo on a grid of 160 by 160. `ink` is the brand colour on top of white, `paper` white. */
export interface Shape {
  readonly kind: 'box' | 'disc';
  readonly x: number;
  readonly y: number;
  /** Width and height; a disc fills the ellipse inside. */
  readonly width: number;
  readonly height: number;
  readonly fill: 'paper' | 'ink';
}

/** The size that the certification guide asks for: 230 pixels square, the logo 160 (certification-submission.md). */
export const iconSize = 230;
const logoSize = 160;
const margin = (iconSize - logoSize) / 2;
const samples = 4;
const lastShade = 15;

/**
 * Draws the icon: the logo in white on the brand colour, opaque, smoothed by 16 samples a pixel. Takes `#rrggbb`.
 * Throws when the colour cannot be read.
 */
export function iconOf(brandColor: string, logo: readonly Shape[]): Uint8Array {
  const brand = channelsOf(brandColor);
  const pixels = new Uint8Array(iconSize * iconSize);
  for (let y = 0; y < iconSize; y++) {
    for (let x = 0; x < iconSize; x++) pixels[y * iconSize + x] = Math.round(whiteness(logo, x - margin, y - margin) * lastShade);
  }
  const palette = Array.from({ length: lastShade + 1 }, (_, shade) => mixed(brand, shade / lastShade));
  return encodePng({ width: iconSize, height: iconSize, palette, pixels });
}

/** The three channels of `#rrggbb`, 0 to 255. */
export function channelsOf(color: string): readonly [number, number, number] {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (match === null) throw new Error(`not a colour of the form #rrggbb: ${color}`);
  const channel = (index: number) => Number.parseInt(match[index] ?? '', 16);
  return [channel(1), channel(2), channel(3)];
}

function mixed([red, green, blue]: readonly [number, number, number], white: number): readonly [number, number, number] {
  const mix = (channel: number) => Math.round(channel + (255 - channel) * white);
  return [mix(red), mix(green), mix(blue)];
}

/** The share of a pixel's samples that are white, 0 to 1. */
function whiteness(logo: readonly Shape[], x: number, y: number): number {
  let white = 0;
  for (let sample = 0; sample < samples ** 2; sample++) {
    const across = x + ((sample % samples) + 0.5) / samples;
    const below = y + (Math.floor(sample / samples) + 0.5) / samples;
    if (logo.findLast(shape => covers(shape, across, below))?.fill === 'paper') white++;
  }
  return white / samples ** 2;
}

function covers(shape: Shape, x: number, y: number): boolean {
  const across = (x - shape.x) / shape.width;
  const below = (y - shape.y) / shape.height;
  if (shape.kind === 'disc') return (across - 0.5) ** 2 + (below - 0.5) ** 2 <= 0.25;
  return across >= 0 && across < 1 && below >= 0 && below < 1;
}
