import { applyMatrix } from '../../pdfium/page.ts';
import type { PdfChar } from '../../pdfium/text.ts';
import { union } from './boxes.ts';
import { frameOf } from './frameOf.ts';
import { charBox, type PageText } from './pageText.ts';
import type { Word } from '../types.ts';

/** A word and its place in the reading order of the page. */
export interface PlacedWord extends Word {
  readonly order: number;
}

/** The words of a page with their places as shown, in reading order of the file; hit characters (by index) belong to no word. */
export function wordsOfPage(page: PageText, isHit: (charIndex: number) => boolean): PlacedWord[] {
  const groups: PdfChar[][] = [[]];
  for (const char of page.chars) {
    const isSpace = char.isGenerated && !char.isHyphen || char.unicode <= 0x20 || /^\s$/u.test(String.fromCodePoint(char.unicode));
    if (isSpace || isHit(char.index)) groups.push([]);
    else groups.at(-1)?.push(char);
    if (char.isHyphen) groups.push([]);
  }
  return groups.flatMap(group => wordOf(group, page) ?? []);
}

function wordOf(group: readonly PdfChar[], page: PageText): PlacedWord | undefined {
  const placed = group.filter(char => !char.isGenerated);
  const [first] = placed;
  const last = placed.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { em, along } = frameOf(first);
  const boxes = placed.map(char => charBox(char, page.shown));
  const box = boxes.reduce(union);
  const origin = applyMatrix(page.shown, first.origin.x, first.origin.y);
  const ahead = applyMatrix(page.shown, first.origin.x + along.x, first.origin.y + along.y);
  const angle = Math.atan2(ahead.y - origin.y, ahead.x - origin.x);
  const inkBox = boxes.reduce((far, each) => Math.max(far, reach(each, origin, angle)), 0);
  return { text: group.map(textOf).join(''), box, origin, length: Math.max(inkBox, 0.2 * em), size: em, angle: snap(angle * 180 / Math.PI), order: first.index };
}

/** How far a box goes from a point in a direction. */
function reach(box: Word['box'], from: { x: number; y: number }, angle: number): number {
  const corners = [[box.left, box.top], [box.right, box.top], [box.left, box.bottom], [box.right, box.bottom]] as const;
  const upright = Math.abs(Math.sin(2 * angle)) < 0.1;
  const far = corners.map(([x, y]) => (x - from.x) * Math.cos(angle) + (y - from.y) * Math.sin(angle));
  return upright ? Math.max(...far) : (Math.max(...far) + Math.min(...far)) / 2;
}

/** Whole degrees from 0 to 359; within 2 degrees of a quarter turn it is one. */
function snap(degrees: number): number {
  const quarter = Math.round(degrees / 90) * 90;
  const angle = Math.abs(degrees - quarter) < 2 ? quarter : Math.round(degrees);
  return (angle + 360) % 360;
}

function textOf(char: PdfChar): string {
  if (char.isHyphen) return '-';
  return char.unicode < 0x20 || char.unicode > 0x10ffff || char.unicode === 0xfffe ? '' : String.fromCodePoint(char.unicode);
}

/** The words that marks draw, set out line by line in their rectangle: their exact places are the appearance stream's secret. */
export function wordsOfMarks(page: PageText, isHit: (markIndex: number) => boolean): PlacedWord[] {
  return page.marks.flatMap((mark, index) => {
    if (isHit(index)) return [];
    const lines = mark.drawn.split('\n').filter(line => line.trim() !== '');
    const leading = (mark.box.bottom - mark.box.top) / Math.max(1, lines.length);
    return lines.flatMap((line, row) => {
      const words = line.split(/\s+/u).filter(word => word !== '');
      const step = Math.min((mark.box.right - mark.box.left) / Math.max(1, line.length), leading * 0.6);
      let x = mark.box.left;
      return words.map(text => {
        const word: PlacedWord = {
          text, box: mark.box, origin: { x, y: mark.box.top + leading * (row + 0.8) }, length: step * text.length, size: Math.min(leading, 24), angle: 0, order: page.chars.length + index,
        };
        x += step * (text.length + 1);
        return word;
      });
    });
  });
}
