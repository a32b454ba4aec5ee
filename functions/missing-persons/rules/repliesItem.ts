import * as z from 'zod';

const exampleTime = '2026-11-24T09:30:00.000Z';
const word = (description: string, example: string) => z.string().meta({ description, example });

/** Reviews, searches, messages and parallel regions (2.5) as like rows, so that an app shows them without knowing each. */
export const workItem = z.strictObject({
  kind: z.enum(['REVIEW', 'SEARCH', 'NOTICE', 'CARD', 'TRIGGER_PLAN', 'TRANSFER', 'APPEAL', 'CIRCULATION', 'ALERT', 'ENQUIRY', 'RETURN_INTERVIEW', 'SIGHTING', 'CONTACT', 'HOLDING', 'CONSENT', 'HANDOVER']).meta({ description: 'What it is.', example: 'REVIEW' }),
  id: word('By this a command names it.', 'MEDIUM_SGT@2026-11-24T15:00:00.000Z'), state: word('Where it stands.', 'OPEN'), at: word('When it began.', exampleTime), what: word('What it is about.', 'MEDIUM_SGT'),
  dueAt: z.string().optional().meta({ description: 'When its next step is due.', example: exampleTime }), by: z.string().optional().meta({ description: 'By whom, or who answers for it.', example: '00000000-0000-4000-8000-000000000035' }), detail: z.string().optional().meta({ description: 'More on it.', example: 'Sample Street' }),
}).meta({ id: 'MissingWorkItem', description: 'A review, search, message, card, sighting or the like.' });
