import { loadPagesFromSource } from '../../../local/templates.ts';
import { reportPage, type Audience, type Given, type ReportPage, type Stage } from '../../../functions/missing-persons/page.ts';
import { takePublicReport } from '../../../functions/missing-persons/rules/intake/takeReport.ts';
import type { PublicForm } from '../../../functions/missing-persons/rules/intake/reportFields.ts';
import type { Force } from '../../../shared/http/assets.ts';
import { createPages, type Pages } from '../../../shared/http/html.ts';

export const force: Force = { name: 'Cheshire Constabulary', shortName: 'Cheshire Police', phone: '101', colour: '#0b2a55', dataProtection: 'data.protection@cheshire.example.test' };

/** S06, as the public may type it. */
export const bad: PublicForm = {
  givenName: '\u{1f600}', familyName: "'; DROP TABLE people; --", dobDay: '31', dobMonth: '02', dobYear: '2010', description: '<script>alert(1)</script>', lastSeenPlace: 'Sample Park', lastSeenDay: '22', lastSeenMonth: '11', lastSeenYear: '2026', lastSeenTime: '20:00', informantPhone: '07700 90',
};
const now = '2026-11-21T20:10:00.000Z';

function failed(form: PublicForm, at = now) {
  const taken = takePublicReport(form, { now: at, raw: '' });
  if (taken.kind !== 'mend') throw new Error('nothing to mend');
  return { given: form satisfies Given, failures: taken.failures, maySendAsItIs: taken.maySendAsItIs };
}

const form = { stage: 'form', formTo: '/missing/report', once: 'k1' } as const;
/** Every page, by name. */
export const stages = {
  start: { stage: 'start', formUrl: '/missing/report' }, form, formBad: { ...form, ...failed(bad) }, formEmpty: { ...form, ...failed({}) },
  formWhich: { ...form, ...failed({ ...bad, dobDay: '28', informantPhone: '01632 960123', lastSeenDay: '25', lastSeenMonth: '10', lastSeenTime: '01:30' }) },
  sent: { stage: 'sent', reference: 'MP-7K2M-9QXT', isInDanger: false, isAsItIs: false }, sentBad: { stage: 'sent', reference: 'MP-7K2M-9QXT', isInDanger: true, isAsItIs: true },
} as const satisfies Readonly<Record<string, Stage>>;
export type StageName = keyof typeof stages;
const everyStage: readonly string[] = Object.keys(stages);
export const isStage = (name: string): name is StageName => everyStage.includes(name);
export const stageNames = everyStage.filter(isStage);

export function pageOf(name: StageName, audience: Audience, locale: string): ReportPage {
  return reportPage({ ...stages[name], audience, locale });
}

export async function builtPages(isSecure = true): Promise<Pages> {
  return createPages({ force, isSecure }, (await loadPagesFromSource()).pages);
}
