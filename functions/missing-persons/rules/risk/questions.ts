import * as z from 'zod';
import { questionCode, sourceTag, type AnswerValue, type QuestionCode } from '../terms.ts';

/** One question that is put to the informant (3.4). `OPEN` wants words in `detail`; YES then means "answered". */
const question = z.strictObject({ code: questionCode, text: z.string().min(5).max(300), kind: z.enum(['OPEN', 'YES_NO']), source: sourceTag });

/** A versioned set (0.2.2): guidance changes, so a force publishes another set and the assessments made with the old one keep its name. */
export const questionSet = z.strictObject({ id: z.string().min(3).max(40), guidanceVersion: z.string().min(3).max(40), questions: z.array(question).min(12).max(15) });
export type QuestionSet = z.infer<typeof questionSet>;

/** Each of these must be answered before a supervisor confirms the level; NOT_KNOWN is an answer (C2). */
export const requiredQuestions: readonly QuestionCode[] = ['Q01', 'Q02', 'Q03', 'Q04', 'Q05', 'Q06', 'Q07', 'Q08', 'Q09', 'Q10', 'Q11', 'Q12'];

/** Initial questions of the College's page for call handlers, as it stood in January 2022 [S60], in our own words; Q13 to Q15 are the force's own. */
export const callHandlerQuestions2022: QuestionSet = {
  id: 'APP-CH-2022', guidanceVersion: 'APP-2022-01',
  questions: [
    { code: 'Q01', text: 'Why are you worried about this person?', kind: 'OPEN', source: 'S60' },
    { code: 'Q02', text: 'What has been done so far to find them?', kind: 'OPEN', source: 'S60' },
    { code: 'Q03', text: 'Is this out of character for them?', kind: 'YES_NO', source: 'S60' },
    { code: 'Q04', text: 'Have they been missing before, and what happened then?', kind: 'YES_NO', source: 'S60' },
    { code: 'Q05', text: 'Do they have specific medical needs?', kind: 'YES_NO', source: 'S60' },
    { code: 'Q06', text: 'Are they likely to be the victim of a crime?', kind: 'YES_NO', source: 'S60' },
    { code: 'Q07', text: 'Are they likely to have been hurt or harmed?', kind: 'YES_NO', source: 'S60' },
    { code: 'Q08', text: 'Are they at present at risk of sexual exploitation?', kind: 'YES_NO', source: 'S60' },
    { code: 'Q09', text: 'Are they likely to harm themselves or to attempt suicide?', kind: 'YES_NO', source: 'S60' },
    { code: 'Q10', text: 'Are they a danger to other people?', kind: 'YES_NO', source: 'S60' },
    { code: 'Q11', text: 'Are they likely to have travelled abroad?', kind: 'YES_NO', source: 'S60' },
    { code: 'Q12', text: 'Is there anything else that we should know?', kind: 'OPEN', source: 'S60' },
    { code: 'Q13', text: 'Is there a protocol form (Herbert, Philomena or another)?', kind: 'YES_NO', source: 'S41,CFG' },
    { code: 'Q14', text: 'Is there a trigger plan for this person?', kind: 'YES_NO', source: 'DES,CFG' },
    { code: 'Q15', text: 'Is there a risk of criminal exploitation or county lines?', kind: 'YES_NO', source: 'DK,CFG' },
  ],
};

/** Required questions that have no answer yet, in order. */
export function unansweredOf(answers: readonly { readonly question: QuestionCode; readonly value: AnswerValue }[]): QuestionCode[] {
  return requiredQuestions.filter(code => !answers.some(answer => answer.question === code));
}
