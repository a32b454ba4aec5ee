import { describe, expect, it } from '@jest/globals';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { everything, form, hiding, keptLines, sentinel, statement } from './samples.ts';
import { redact } from './engine.ts';

/** The text of a file by a reader that is no part of the engine. */
async function pdfjsText(bytes: Uint8Array): Promise<string[]> {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 });
  const document = await task.promise;
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const content = await (await document.getPage(number)).getTextContent();
    texts.push(content.items.map(item => ('str' in item ? item.str : '')).join(' '));
  }
  await task.destroy();
  return texts;
}

describe('a burnt document', () => {
  it.each([true, false])('keeps nothing of what the source hid (hit on the second page: %s)', async onSecond => {
    const source = await hiding(onSecond);
    expect(Buffer.from(source).toString('latin1')).toContain(sentinel);
    const { output, certificate } = await redact(source, [sentinel]);
    expect(certificate.verdict).toBe('verified');
    expect(await everything(output)).not.toMatch(/kestrel/i);
    expect((await pdfjsText(output)).join(' ')).not.toMatch(/kestrel/i);
    expect((await pdfjsText(output))[0]).toContain('Nothing to see on this page');
  });

  it('keeps hidden words out even when no term is given', async () => {
    const { output, certificate } = await redact(await hiding(false), []);
    expect(certificate.verdict).toBe('verified');
    expect(await everything(output)).not.toContain(sentinel);
  });

  it('keeps the other words readable, on pages turned every way', async () => {
    for (const rotate of [0, 90, 180, 270]) {
      const { output, certificate } = await redact(await statement({ rotate }), ['Dilys Ashgrove']);
      const [text = ''] = await pdfjsText(output);
      expect(certificate.verdict).toBe('verified');
      for (const word of keptLines.join(' ').split(' ')) expect(text).toContain(word);
      expect(text).toContain('told me that the keys were gone');
      expect(text).not.toContain('Ashgrove');
    }
  }, 120_000);

  it('gives the same bytes whatever name was there', async () => {
    const files = await Promise.all(['Ian Lee', 'Margaret Featherstonehaugh'].map(async name => (await redact(await statement({ name }), [name])).output));
    expect(files[0]?.equals(files[1] ?? Buffer.alloc(0))).toBe(true);
  });

  it('shows by its width what was there in layout-true mode, and says so', async () => {
    const files = await Promise.all(['Ian Lee', 'Margaret Featherstonehaugh'].map(name => statement({ name }).then(source => redact(source, [name], { mode: 'layout-true' }))));
    expect(files[0]?.output.equals(files[1]?.output ?? Buffer.alloc(0))).toBe(false);
    expect(files[0]?.certificate.warnings.join(' ')).toContain('Layout-true');
  });

  it('hides a form value with its whole field and keeps the other field', async () => {
    const { output, certificate, pages } = await redact(await form(), [sentinel]);
    expect(pages[0]?.text).toContain('Northwich');
    expect(certificate.verdict).toBe('verified');
    const [text = ''] = await pdfjsText(output);
    expect(text).toContain('Northwich');
    expect(text).not.toContain('Ashgrove');
    expect(await everything(output)).not.toContain(sentinel);
  });

  it('is the same file each time, small, with no date and one end', async () => {
    const source = await statement({ pages: 3 });
    const [one, two] = [await redact(source, ['keys']), await redact(source, ['keys'])];
    expect(one.output.equals(two.output)).toBe(true);
    const text = one.output.toString('latin1');
    expect(text.match(/%%EOF/g)).toHaveLength(1);
    expect(text).not.toMatch(/CreationDate|ModDate|\/Title|\/Metadata|D:20/);
    expect(one.output.length / 3).toBeLessThan(130 * 1024);
    expect(JSON.stringify(one.certificate)).not.toContain('keys');
  });
});
