/** Points (1/72 inch) of the page as it is shown, after its rotation; the origin is the top left corner, y runs down. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Whole pixels of a page picture. `label` is a label of constant width in a re-set line; `box` hides what it covers as it stood. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** `reset` may hold typed words; the other two are black throughout. */
  readonly kind: 'reset' | 'label' | 'box';
}

/** Opaque pixels in rows, 4 bytes each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array<ArrayBuffer>;
}

/** A word that may enter the text layer, in points of the page as shown. `angle` is degrees clockwise, one of 0, 90, 180, 270 or any. */
export interface Word {
  readonly text: string;
  readonly box: Box;
  readonly origin: { readonly x: number; readonly y: number };
  /** Length along the baseline and size of the type, points. */
  readonly length: number;
  readonly size: number;
  readonly angle: number;
}

export const burnModes = ['disclosure', 'layout-true'] as const;
export type BurnMode = (typeof burnModes)[number];
