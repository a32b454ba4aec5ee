import * as z from 'zod';
import { accepted } from '../schemas.ts';

/** Files, forms and links of a record. The address of a link stands in the one reply that makes it, and nowhere else. */
const exampleTime = '2026-11-24T09:30:00.000Z';
const word = (description: string, example: string) => z.string().meta({ description, example });
const maybe = (description: string, example: string) => z.string().optional().meta({ description, example });

export const linkMade = z.strictObject({
  ...accepted.shape, linkId: word('The link, to withdraw it by.', 'link-0123456789abcdef'), url: word('The address to give away. It is shown this once.', 'https://forms.example.test/missing-form/abc'), expiresAt: word('Until when it can be used.', exampleTime),
}).meta({ id: 'MissingLinkMade', description: 'A link that was made.' });
export const fileTaken = z.strictObject({ ...accepted.shape, fileId: word('The file.', 'a1b2c3d4e5f60718') }).meta({ id: 'MissingFileTaken', description: 'A file that was taken and is being scanned.' });

const file = z.strictObject({
  fileId: word('The file.', 'a1b2c3d4e5f60718'), kind: word('A form or a photograph.', 'FORM'), form: maybe('Which form.', 'HERBERT'), state: word('SCANNING, CLEAN, INFECTED or UNDECIDED; only a clean one can be opened.', 'CLEAN'), name: word('Its name as it was sent.', 'herbert-form.pdf'),
  mime: word('Its type.', 'application/pdf'), bytes: z.int().meta({ description: 'Its size.', example: 120_000 }), sha256: word('SHA-256 of its bytes.', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'), receivedAt: word('When it came.', exampleTime), by: word('Who sent it, or public.', 'public'),
}).meta({ id: 'MissingFile', description: 'A file that was sent.' });
const form = z.strictObject({
  formId: word('The form, as evidence of the task that asks for it.', 'protocol-1'), form: word('Which form.', 'HERBERT'), reviewedOn: maybe('When it was last reviewed.', '2026-06-01'), banner: maybe('Why to check that it is current.', 'Check that the HERBERT form is current: it was reviewed 200 days ago.'),
  fileIds: z.array(z.string()).meta({ description: 'Its files.', example: ['a1b2c3d4e5f60718'] }),
}).meta({ id: 'MissingForm', description: 'A protocol form.' });
const link = z.strictObject({
  linkId: word('The link.', 'link-1'), form: word('Which form it asks for.', 'HERBERT'), state: word('OPEN, USED, WITHDRAWN or EXPIRED.', 'OPEN'), expiresAt: word('Until when it can be used.', exampleTime), issuedBy: word('Who made it.', '00000000-0000-4000-8000-000000000031'), givenTo: word('To whom it was given.', 'Her daughter'),
}).meta({ id: 'MissingUploadLink', description: 'A link by which a form is sent.' });

/** What the view of a record shows of them. */
export const uploads = {
  files: z.array(file).meta({ description: 'Files that were sent, oldest first.' }), forms: z.array(form).meta({ description: 'Protocol forms on the record.' }), uploadLinks: z.array(link).meta({ description: 'Links by which forms are sent.' }),
};
