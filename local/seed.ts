import { PDFDocument, StandardFonts, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';
import type { Issuer } from './issuer/issuer.ts';
import { seedLinks } from './seedLinks.ts';
import { seedMissing } from './seedMissing.ts';
import { post } from './seedPost.ts';

/** Fictional throughout: numbers of Ofcom's drama ranges, example.com, a NINO prefix that is never issued. */
const statement = [
  'WITNESS STATEMENT', '(Criminal Procedure Rules, r. 16.2; Criminal Justice Act 1967, s. 9)', '',
  'Statement of: Margaret Featherstonehaugh        Date of birth: 12/03/1961', 'Occupation: Librarian', '',
  'I live at 14 Kestrel Way, Chester CH1 2AB. My telephone number is 01632 960123 and my',
  'e-mail is margaret@example.com. On Tuesday 3 March 2026 at about 18:20 I was walking home',
  'from the library when I saw Ian Lee near Kestrel House. He was driving a blue car with the',
  'registration AB12 CDE. Mr Lee stopped, shouted something that I did not understand and left.',
  'I had seen him before at the house of my neighbour, Waverley Tomkins. I would know him again.', '',
  'I gave the officer, PC 4321 Archer, the note that Mr Lee had left on my door (exhibit MF/1).', '',
  'Signed: M Featherstonehaugh',
];
const letter = [
  'To whom it may concern', '', 'I ask for a copy of all that you hold about me under the Data Protection Act 2018.',
  'My name is Alex Example, born on 05/11/1984. You can reach me on 07700 900123 or at', 'alex@example.com. My National Insurance number is QQ 12 34 56 C.', '', 'Alex Example',
];

interface Sample { readonly key: string; readonly reference: string; readonly policy: string; readonly terms: readonly string[]; readonly keepTerms: readonly string[]; readonly files: readonly { readonly name: string; readonly lines: readonly string[] }[] }

const samples: readonly Sample[] = [
  { key: 'seed-cps-bundle-0001', reference: '07/SAMPLE/0001/26', policy: 'disclosure-to-CPS', terms: ['Kestrel'], keepTerms: [], files: [{ name: 'witness statement.pdf', lines: statement }] },
  { key: 'seed-sar-bundle-0001', reference: 'SAR/0042/26', policy: 'subject-access', terms: [], keepTerms: ['Alex Example'], files: [{ name: 'request.pdf', lines: letter }, { name: 'statement.pdf', lines: statement }] },
];

/** Puts sample bundles, live links and missing persons in, through the same API as anybody. The keys never change, so a second start repeats nothing. */
export async function seed(apiUrl: string, issuer: Issuer): Promise<void> {
  const token = await issuer.token('sam.caseworker');
  for (const sample of samples) {
    const created = await post(`${apiUrl}/api/redaction-bundles`, token, {
      key: sample.key, contentType: 'application/json', body: JSON.stringify({ caseReference: sample.reference, policy: sample.policy, terms: sample.terms, keepTerms: sample.keepTerms }),
    });
    for (const [n, file] of sample.files.entries()) {
      await post(`${apiUrl}/api/redaction-bundles/${created ?? ''}/documents`, token, {
        key: `${sample.key}-file-${n}`, contentType: 'application/pdf', body: await typed(file.lines), fileName: file.name,
      });
    }
  }
  await seedLinks(apiUrl, issuer, new Date());
  await seedMissing(apiUrl, issuer, new Date());
}

/** The same bytes each time, for the file is part of what its key stands for. */
async function typed(lines: readonly string[]): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const font = await document.embedFont(StandardFonts.TimesRoman);
  const page = document.addPage([595, 842]);
  lines.forEach((line, row) => write(page, line, { font, row }));
  return await document.save();
}

function write(page: PDFPage, line: string, { font, row }: { font: PDFFont; row: number }): void {
  page.drawText(line, { x: 64, y: 770 - row * 18, size: row === 0 ? 14 : 11, font });
}
