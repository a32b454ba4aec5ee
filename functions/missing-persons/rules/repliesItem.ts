import * as z from 'zod';

const exampleTime = '2026-11-24T09:30:00.000Z';
const word = (description: string, example: string) => z.string().meta({ description, example });

/** What goes beside a case as like rows (2.5), so that an app shows it without knowing each region. */
export const workItem = z.strictObject({
  kind: z.enum(['CARD', 'TRIGGER_PLAN', 'TRANSFER', 'APPEAL', 'CIRCULATION', 'ALERT', 'RETURN_INTERVIEW', 'CONTACT', 'CONSENT', 'RETURN_PLACEMENT', 'LINK', 'HANDOVER']).meta({ description: 'What it is.', example: 'ALERT' }),
  id: word('Its name within the case.', 'alert-1'), state: word('Where it stands.', 'NO'), at: word('When it began.', exampleTime), what: word('What it is about.', 'He left by himself and was seen since.'),
  dueAt: z.string().optional().meta({ description: 'When its next step is due.', example: exampleTime }), by: z.string().optional().meta({ description: 'By whom, or who answers for it.', example: '00000000-0000-4000-8000-000000000035' }), detail: z.string().optional().meta({ description: 'More on it.', example: 'Sample Street' }),
}).meta({ id: 'MissingWorkItem', description: 'An appeal, alert, transfer, contact, consent, link, where a found person goes, or closed card.' });
