import { createHash } from 'node:crypto';

/** The bytes of the file go here in order; `write` must not keep the array. */
export interface Sink {
  write(bytes: Uint8Array): void;
}

/** Writes a plain PDF 1.5 file: one body, one cross-reference table, one end mark, no dates, an identifier made of the content. */
export interface PdfFile {
  reserve(): number;
  /** Writes one object; `dictionary` is its inner text without `<<` and `>>`. */
  put(id: number, dictionary: string, stream?: Uint8Array): void;
  finish(rootId: number, infoId: number): void;
}

export function startPdf(sink: Sink): PdfFile {
  const offsets: number[] = [0];
  const hash = createHash('sha256');
  let length = 0;
  const emit = (bytes: Uint8Array): void => {
    hash.update(bytes);
    sink.write(bytes);
    length += bytes.length;
  };
  const text = (value: string): void => emit(Buffer.from(value, 'latin1'));
  text('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n');
  return {
    reserve: () => offsets.push(-1) - 1,
    put(id, dictionary, stream) {
      offsets[id] = length;
      if (stream === undefined) {
        text(`${id} 0 obj\n<<${dictionary}>>\nendobj\n`);
        return;
      }
      text(`${id} 0 obj\n<<${dictionary}/Length ${stream.length}>>\nstream\n`);
      emit(stream);
      text('\nendstream\nendobj\n');
    },
    finish(rootId, infoId) {
      const start = length;
      const rows = offsets.map((offset, id) => (id === 0 ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`));
      text(`xref\n0 ${offsets.length}\n${rows.join('')}`);
      const id = hash.copy().digest('hex').slice(0, 32);
      text(`trailer\n<</Size ${offsets.length}/Root ${rootId} 0 R/Info ${infoId} 0 R/ID[<${id}><${id}>]>>\nstartxref\n${start}\n%%EOF\n`);
    },
  };
}

/** A number as PDF writes it: at most three decimals, no exponent. */
export function pdfNumber(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
