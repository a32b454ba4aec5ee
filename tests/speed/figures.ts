/** Figures are ratios to a floor or a peer of the same run: the machines are shared, so milliseconds alone say little. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly floor?: string;
  readonly ratio?: number;
  readonly bar: string;
  readonly isMet: boolean;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? NaN;
}

export async function timed<T>(work: () => Promise<T>): Promise<{ milliseconds: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { milliseconds: performance.now() - start, result };
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

export function print(title: string, figures: readonly Figure[]): void {
  process.stdout.write(`\n${title}\n`);
  for (const { what, value, floor, ratio, bar, isMet } of figures) {
    const beside = floor === undefined ? '' : `  beside ${floor}${ratio === undefined ? '' : ` = ${ratio.toFixed(2)} x`}`;
    process.stdout.write(`  ${isMet ? 'met ' : 'MISS'}  ${what}: ${value}${beside}  (bar: ${bar})\n`);
  }
}
