/**
 * Plane geometry of search areas, on whole millionths of a degree (about 0.1 m). An area spans two degrees at most, so that the products below stay whole numbers which a
 * double holds exactly, and the sign of a turn is never a matter of rounding.
 */
export interface Point {
  readonly x: number;
  readonly y: number;
}
/** Corners of a ring in order, the first not repeated at the end. */
export type Ring = readonly Point[];
type Edge = readonly [Point, Point];

/** Twice the signed surface of the triangle: above 0 when c lies to the left of a to b. */
export function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** Twice the signed surface of a ring; above 0 when it runs counter-clockwise. */
export function signedSurface(ring: Ring): number {
  const [origin] = ring;
  return origin === undefined ? 0 : edgesOf(ring).reduce((sum, [a, b]) => sum + turn(origin, a, b), 0);
}

/**
 * Whether a ring crosses or touches itself. Neighbouring edges share a corner and are not compared; one that folds back over the other is found all the same, for then the
 * edge after it, or the one before, touches.
 */
export function meetsItself(ring: Ring): boolean {
  const edges = edgesOf(ring);
  const areNeighbours = (i: number, j: number) => j === i + 1 || (i === 0 && j === edges.length - 1);
  return edges.some((edge, i) => edges.some((other, j) => j > i && !areNeighbours(i, j) && touch(edge, other)));
}

/** Whether two areas have surface in common. Neighbours that share a border, to 0.1 m, have none. */
export function overlap(a: Ring, b: Ring): boolean {
  if (!boxesMeet(a, b)) return false;
  const ofA = piecesOf(a, b);
  if (ofA.some(point => isWithin(point, b)) || piecesOf(b, a).some(point => isWithin(point, a))) return true;
  // Drawn twice: neither border lies within the other, they are one line.
  return ofA.every(point => onBorder(point, b));
}

export function edgesOf(ring: Ring): Edge[] {
  return ring.flatMap((from, i) => {
    const to = ring[(i + 1) % ring.length];
    return to === undefined ? [] : [[from, to] as const];
  });
}

function touch([a, b]: Edge, [c, d]: Edge): boolean {
  if (!boxesMeet([a, b], [c, d])) return false;
  return Math.sign(turn(a, b, c)) * Math.sign(turn(a, b, d)) <= 0 && Math.sign(turn(c, d, a)) * Math.sign(turn(c, d, b)) <= 0;
}

function boxesMeet(a: Ring, b: Ring): boolean {
  return rangesMeet(a.map(({ x }) => x), b.map(({ x }) => x)) && rangesMeet(a.map(({ y }) => y), b.map(({ y }) => y));
}

function rangesMeet(a: readonly number[], b: readonly number[]): boolean {
  return Math.min(...a) <= Math.max(...b) && Math.min(...b) <= Math.max(...a);
}

/** The middle of each piece into which the other ring's border cuts this one's edges: a piece lies wholly inside of the other ring, outside of it, or on its border. */
function piecesOf(ring: Ring, other: Ring): Point[] {
  return edgesOf(ring).flatMap(([a, b]) => {
    const cuts = [0, ...edgesOf(other).flatMap(edge => cutsOf([a, b], edge)), 1].sort((s, t) => s - t);
    return cuts.slice(1).map((end, i) => along([a, b], ((cuts[i] ?? 0) + end) / 2));
  });
}

/** Where (0 to 1 along the first edge) the second one meets it. One that lies along it has ends, and there the edge before or after it meets the first. */
function cutsOf([a, b]: Edge, [c, d]: Edge): number[] {
  const across = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
  if (across === 0) return [];
  const t = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / across;
  const u = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / across;
  return inside(t) && inside(u) ? [t] : [];
}

function inside(t: number): boolean {
  return t >= 0 && t <= 1;
}

function along([a, b]: Edge, t: number): Point {
  return { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) };
}

/** Where a point's foot lies on the line a to b. */
function footOn(a: Point, b: Point, p: Point): number {
  return ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / ((b.x - a.x) ** 2 + (b.y - a.y) ** 2);
}

function onBorder(point: Point, ring: Ring): boolean {
  return edgesOf(ring).some(([a, b]) => {
    const foot = along([a, b], Math.min(1, Math.max(0, footOn(a, b, point))));
    return Math.hypot(point.x - foot.x, point.y - foot.y) <= 1;
  });
}

function isWithin(point: Point, ring: Ring): boolean {
  if (onBorder(point, ring)) return false;
  // A line to the east crosses the border an odd number of times from within.
  return edgesOf(ring).filter(([a, b]) => (a.y > point.y) !== (b.y > point.y) && point.x < a.x + ((point.y - a.y) / (b.y - a.y)) * (b.x - a.x)).length % 2 === 1;
}
