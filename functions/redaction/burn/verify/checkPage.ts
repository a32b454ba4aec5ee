import { blockSize, type PageRecord } from '../record.ts';
import type { LayerString } from './layerText.ts';
import type { GreyPicture } from './pixels.ts';

/** A block differs from the source when its mean grey is this far off; at most 1 % of the blocks may (redaction.md 4). */
const blockDifference = 20;
const blackTolerance = 3;
const inkContrast = 40;

/** Share of the blocks outside the regions whose mean grey is not that of the source page. */
export function changedShare(picture: GreyPicture, record: PageRecord): number {
  const columns = Math.ceil(picture.width / blockSize);
  const rows = Math.ceil(picture.height / blockSize);
  const source = Buffer.from(record.source, 'base64');
  if (source.length !== columns * rows) return 1;
  let compared = 0;
  let changed = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const block = { left: column * blockSize, top: row * blockSize, right: Math.min(picture.width, (column + 1) * blockSize), bottom: Math.min(picture.height, (row + 1) * blockSize) };
      if (record.regions.some(r => r.x < block.right && r.x + r.w > block.left && r.y < block.bottom && r.y + r.h > block.top)) continue;
      compared += 1;
      if (Math.abs(statistics(picture, block).mean - (source[row * columns + column] ?? 0)) > blockDifference) changed += 1;
    }
  }
  return compared === 0 ? 0 : changed / compared;
}

/** Regions that should be black throughout and are not (a label may have its one-pixel border). */
export function paleRegions(picture: GreyPicture, record: PageRecord): number {
  return record.regions.filter(region => {
    if (region.kind === 'reset') return false;
    const border = region.kind === 'label' ? 1 : 0;
    const inner = { left: region.x + border, top: region.y + border, right: region.x + region.w - border, bottom: region.y + region.h - border };
    const { high } = statistics(picture, inner);
    // JPEG rings inside the blocks that the edge of a box crosses.
    return high > (record.image.kind === 'jpeg' ? 90 : blackTolerance);
  }).length;
}

interface Area { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

function statistics(picture: GreyPicture, area: Area): { mean: number; low: number; high: number } {
  const { grey, width } = picture;
  const [left, right] = [Math.max(0, area.left), Math.min(width, area.right)];
  const bottom = Math.min(picture.height, area.bottom);
  let sum = 0;
  let low = 255;
  let high = 0;
  let count = 0;
  for (let y = Math.max(0, area.top); y < bottom; y += 1) {
    for (let at = y * width + left; at < y * width + right; at += 1) {
      const value = grey[at] ?? 0;
      sum += value;
      count += 1;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return { mean: count === 0 ? 0 : sum / count, low, high };
}

/** Strings of the text layer at whose place the finished picture shows no ink: the layer must be a subset of what shows. */
export function stringsWithoutInk(picture: GreyPicture, record: PageRecord, strings: readonly LayerString[]): number {
  return strings.filter(string => {
    const { low, high } = statistics(picture, placeOf(string, record, picture));
    return high - low < inkContrast;
  }).length;
}

/** The upright rectangle of pixels that a string of the layer covers, grown by half its size for the layer's grid. */
function placeOf(string: LayerString, record: PageRecord, picture: GreyPicture): Area {
  const along = string.advance * string.text.length;
  const ends = [[0, -0.3], [along, -0.3], [0, 0.9], [along, 0.9]] as const;
  const scale = picture.width / record.width;
  const points = ends.map(([u, v]) => {
    const x = string.x + u * string.cos + v * string.size * string.sin;
    const y = string.y - u * string.sin + v * string.size * string.cos;
    return { x: x * scale, y: (record.height - y) * scale };
  });
  const grow = 0.5 * string.size * scale;
  return {
    left: Math.floor(Math.min(...points.map(p => p.x)) - grow), right: Math.ceil(Math.max(...points.map(p => p.x)) + grow),
    top: Math.floor(Math.min(...points.map(p => p.y)) - grow), bottom: Math.ceil(Math.max(...points.map(p => p.y)) + grow),
  };
}
