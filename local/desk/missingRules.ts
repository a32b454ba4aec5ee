import * as z from 'zod';
import { actOperations, submitCareReport, submitReport } from '../../functions/missing-persons/contract.ts';
import { makeUploadLink, revokeUploadLink } from '../../functions/missing-persons/rules/contract/uploads.ts';
import { caseTable } from '../../functions/missing-persons/rules/machine/caseTable.ts';
import { reportTable } from '../../functions/missing-persons/rules/machine/reportTable.ts';
import { factors } from '../../functions/missing-persons/rules/risk/factors.ts';
import { callHandlerQuestions2022 } from '../../functions/missing-persons/rules/risk/questions.ts';
import { evidence } from '../../functions/missing-persons/rules/tasks/evidence.ts';
import { flagCode } from '../../functions/missing-persons/rules/terms.ts';

const tables = [...reportTable, ...caseTable];
const formOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', reused: 'inline' });

/** States in which a command moves a report or case; none for a command that leaves the state as it is. */
const fromOf = (act: string): string[] => tables.filter(row => row.command === act).flatMap(row => [...row.from]);

/** What comes after the record in an address. */
const pathOf = (route: string): string => route.slice(route.indexOf('{recordId}/') + '{recordId}/'.length);

/** What the page needs to make its forms: the bodies of the service's own operations and its tables, never a copy of them. */
export const missingRules = {
  report: { who: submitReport.who, form: formOf(submitReport.body) },
  careReport: { who: submitCareReport.who, form: formOf(submitCareReport.body) },
  acts: [
    ...actOperations.map(({ act, route, summary, description, who, body, ifMatch }) => ({ act, path: pathOf(route), summary, description, who, from: fromOf(act), isEdit: ifMatch === 'required', form: formOf(body) })),
    ...[makeUploadLink, revokeUploadLink].map(({ operationId, route, summary, description, who, body }) => ({ act: operationId.replace(/Missing$/, ''), path: pathOf(route), summary, description, who, from: [], isEdit: false, form: formOf(body) })),
  ],
  evidence: Object.fromEntries(evidence.options.map(option => [option.shape.kind.value, formOf(option)])),
  questions: Object.fromEntries(callHandlerQuestions2022.questions.map(({ code, text }) => [code, text])),
  flags: flagCode.options, factors: factors.map(({ code, text }) => ({ code, text })),
} as const;
