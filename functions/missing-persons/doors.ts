import * as z from 'zod';
import type { Operation } from '../../shared/http/operation.ts';

/** Pages of the public (R1, 15.4), which no member of staff calls and no connector has; register.ts serves them without `endpoint`. They are described here so that the structure tests know every route of the app. */
const door = { who: 'anonymous', audit: 'none', reply: z.strictObject({}), success: 200, idempotencyKey: 'none', visibility: 'excluded' } as const;

export const doors: readonly Operation[] = [
  { ...door, operationId: 'ShowReportStart', method: 'GET', route: 'report-missing-person', summary: 'Show how to report a missing person', description: 'Says 999 before anything is asked.' },
  { ...door, operationId: 'ShowReportForm', method: 'GET', route: 'report-missing-person/form', summary: 'Show the report form', description: 'An empty form with a key of its own.' },
  { ...door, operationId: 'SendReport', method: 'POST', route: 'report-missing-person/form', summary: 'Send the report form', description: 'Receives the report, or shows what to mend.' },
  { ...door, operationId: 'ShowReportSent', method: 'GET', route: 'report-missing-person/sent', summary: 'Show that the report was received', description: 'The reference and what happens next.' },
  { ...door, operationId: 'ShowUploadForm', method: 'GET', route: 'missing-form/{token}', summary: 'Show where to send a form or photograph', description: 'For who has a one-time link; it changes nothing.' },
  { ...door, operationId: 'SendUpload', method: 'POST', route: 'missing-form/{token}', summary: 'Send a form or photograph', description: 'Takes the files and uses the link up, or shows what to mend.' },
  { ...door, operationId: 'ShowUploadSent', method: 'GET', route: 'missing-form/{token}/sent', summary: 'Show that the files were received', description: 'What happens next.' },
];
