import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

/** A short witness statement about plainly fictional people. */
export async function statementPdf(pages = 1): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (let n = 1; n <= pages; n++) {
    const page = document.addPage([595, 842]);
    const lines = [
      `WITNESS STATEMENT (page ${n} of ${pages})`, '',
      'Statement of: Margaret Featherstonehaugh', 'Date of birth: 12/03/1961', '',
      'I live at 14 Kestrel Way, Chester CH1 2AB. My telephone number is 01632 960123 and my e-mail is',
      'margaret@example.com. On Tuesday I saw Ian Lee near Kestrel House. He drives a blue car.',
      'Mr Lee shouted and left. I would know him again. National Insurance number QQ 12 34 56 C.',
    ];
    lines.forEach((line, row) => page.drawText(line, { x: 60, y: 770 - row * 18, size: 11, font }));
  }
  return await document.save();
}
