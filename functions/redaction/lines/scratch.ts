const kept: Uint8Array<ArrayBuffer>[] = [];

/** Page-sized pictures kept from page to page: fresh memory of that size costs more than drawing the lines. */
export function scratch(slot: number, bytes: number): Uint8Array<ArrayBuffer> {
  const buffer = (kept[slot]?.length ?? 0) >= bytes ? kept[slot] : undefined;
  return (kept[slot] = buffer ?? new Uint8Array(bytes)).subarray(0, bytes);
}
