import type { Pdfium } from './library.ts';

/** Runs `use` with zeroed scratch memory and frees it afterwards, also when `use` throws. */
export function withMemory<T>(pdfium: Pdfium, bytes: number, use: (pointer: number) => T): T {
  const pointer = pdfium.malloc(Math.max(1, bytes));
  if (pointer === 0) throw new Error('PDFium is out of memory');
  try {
    new Uint8Array(pdfium.heap().buffer, pointer, bytes).fill(0);
    return use(pointer);
  } finally {
    pdfium.free(pointer);
  }
}

/** `count` 32-bit floats from a pointer. */
export function floatsAt(pdfium: Pdfium, pointer: number, count: number): number[] {
  const heap = pdfium.heap();
  return Array.from({ length: count }, (_, index) => heap.getFloat32(pointer + 4 * index, true));
}

export function writeFloats(pdfium: Pdfium, pointer: number, values: readonly number[]): void {
  const heap = pdfium.heap();
  for (const [index, value] of values.entries()) heap.setFloat32(pointer + 4 * index, value, true);
}

/** `count` 32-bit unsigned integers from a pointer. */
export function wordsAt(pdfium: Pdfium, pointer: number, count: number): number[] {
  const heap = pdfium.heap();
  return Array.from({ length: count }, (_, index) => heap.getUint32(pointer + 4 * index, true));
}

export function writeBytes(pdfium: Pdfium, pointer: number, bytes: Uint8Array): void {
  new Uint8Array(pdfium.heap().buffer, pointer, bytes.length).set(bytes);
}

/** A copy, so that later heap growth cannot detach it. */
export function bytesAt(pdfium: Pdfium, pointer: number, count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(pdfium.heap().buffer, pointer, count).slice();
}

/** Calls a PDFium getter of the form `(buffer, bytes) -> bytes needed` that writes zero-ended UTF-16LE. */
export function utf16(pdfium: Pdfium, read: (pointer: number, bytes: number) => number): string {
  const needed = read(0, 0);
  if (needed <= 2) return '';
  return withMemory(pdfium, needed, pointer => {
    read(pointer, needed);
    return new TextDecoder('utf-16le').decode(bytesAt(pdfium, pointer, needed - 2));
  });
}

/** Runs `use` with a zero-ended UTF-16LE copy of a text. */
export function withUtf16<T>(pdfium: Pdfium, text: string, use: (pointer: number) => T): T {
  return withMemory(pdfium, 2 * text.length + 2, pointer => {
    const heap = pdfium.heap();
    for (let index = 0; index < text.length; index++) heap.setUint16(pointer + 2 * index, text.charCodeAt(index), true);
    return use(pointer);
  });
}
