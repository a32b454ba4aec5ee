import * as z from 'zod';
import { flagCode, questionCode, sourceTag, trigger } from '../terms.ts';
import { factorCode, factors } from './factors.ts';
import { flags } from './flags.ts';
import { floorRules } from './floorRules.ts';
import { floorRule } from './floorSlice.ts';
import { mapping, nameOf } from './mapping.ts';
import { callHandlerQuestions2022, questionSet, requiredQuestions } from './questions.ts';
import { riskSettings } from './settings.ts';

/** The reference data of risk as it is checked: looser than its types, as a force's own rows come from a file. */
export interface RiskTables {
  readonly questionSets: readonly unknown[];
  readonly questionSetId: string;
  readonly factors: readonly { readonly code: string; readonly text: string; readonly source: string }[];
  readonly flags: readonly { readonly code: string; readonly text: string; readonly source: string; readonly isBlocking: boolean; readonly isDerived: boolean }[];
  readonly mapping: readonly { readonly name: string; readonly flag?: string | undefined; readonly floor?: string | undefined; readonly trigger?: string | undefined; readonly source: string }[];
  readonly floorRules: readonly { readonly rule: string; readonly condition: string; readonly source: string }[];
  readonly words: readonly string[];
}

/** The tables that are in use under these settings. */
export function riskTables({ questionSets, questionSetId, languageWords } = riskSettings.parse({})): RiskTables {
  return {
    questionSets: [callHandlerQuestions2022, ...questionSets], questionSetId, factors, flags, floorRules, words: languageWords.map(item => item.word),
    mapping: mapping.map(({ when, ...row }) => ({ ...row, name: 'question' in when ? `${nameOf(when)} ${when.is}` : nameOf(when) })),
  };
}

/** Faults of the reference data by name; none when all is well. Called at the start. */
export function checkRisk(tables: RiskTables = riskTables()): string[] {
  return [
    ...questionFaults(tables),
    ...codeFaults('factor', factorCode, tables.factors), ...codeFaults('flag', flagCode, tables.flags), ...codeFaults('floor rule', floorRule, tables.floorRules.map(row => ({ ...row, code: row.rule, text: row.condition }))),
    ...mappingFaults(tables), ...doubles('language word', tables.words.map(word => word.toLowerCase())),
  ];
}

function questionFaults({ questionSets, questionSetId }: RiskTables): string[] {
  const parsed = questionSets.map(set => questionSet.safeParse(set));
  const sets = parsed.flatMap(({ data }) => data ?? []);
  return [
    ...parsed.flatMap(({ error }, at) => (error ? [`question set ${at + 1}: ${z.prettifyError(error)}`] : [])), ...doubles('question set', sets.map(set => set.id)),
    ...(sets.some(set => set.id === questionSetId) ? [] : [`question set ${questionSetId} is in use and not published`]),
    ...sets.flatMap(({ id, questions }) => [
      ...doubles(`question set ${id}: question`, questions.map(item => item.code)),
      ...requiredQuestions.filter(code => !questions.some(item => item.code === code)).map(code => `question set ${id}: ${code} is missing`),
    ]),
  ];
}

/** Each code of the enum once, each with its words and its source. */
function codeFaults(kind: string, codes: z.ZodEnum, rows: readonly { readonly code: string; readonly text: string; readonly source: string }[]): string[] {
  return [
    ...doubles(kind, rows.map(row => row.code)), ...rows.filter(row => !codes.safeParse(row.code).success).map(row => `${kind} ${row.code} is unknown`),
    ...codes.options.filter(code => !rows.some(row => row.code === code)).map(code => `${kind} ${String(code)} has no row`), ...rows.filter(row => row.text.trim() === '').map(row => `${kind} ${row.code} has no words`),
    ...rows.filter(row => !sourceTag.safeParse(row.source).success).map(row => `${kind} ${row.code}: source ${row.source}`),
  ];
}

/** Rules that judge by evidence of the table and would be dead without a row. */
const evidenced = ['F1', 'F5', 'F6', 'F7', 'F8', 'F10'];

function mappingFaults({ mapping: rows }: RiskTables): string[] {
  return [
    ...doubles('mapping', rows.map(row => row.name)), ...rows.filter(row => !isSign(row.name)).map(row => `mapping ${row.name}: sign is unknown`),
    ...rows.filter(row => row.flag !== undefined && !flagCode.safeParse(row.flag).success).map(row => `mapping ${row.name}: flag ${String(row.flag)} is unknown`),
    ...rows.filter(row => row.floor !== undefined && !floorRule.safeParse(row.floor).success).map(row => `mapping ${row.name}: floor rule ${String(row.floor)} is unknown`),
    ...rows.filter(row => row.trigger !== undefined && !trigger.safeParse(row.trigger).success).map(row => `mapping ${row.name}: trigger ${String(row.trigger)} is unknown`),
    ...rows.filter(row => row.flag === undefined && row.floor === undefined && row.trigger === undefined).map(row => `mapping ${row.name} leads nowhere`),
    ...rows.filter(row => !sourceTag.safeParse(row.source).success).map(row => `mapping ${row.name}: source ${row.source}`),
    ...evidenced.filter(rule => !rows.some(row => row.floor === rule)).map(rule => `floor rule ${rule} has no evidence`),
  ];
}

function isSign(name: string): boolean {
  if (name.startsWith('factor:')) return factorCode.safeParse(name.slice('factor:'.length)).success;
  if (name.startsWith('flag:')) return flagCode.safeParse(name.slice('flag:'.length)).success;
  const [code, is] = name.split(' ');
  return questionCode.safeParse(code).success && (is === 'YES' || is === 'NOT_NO');
}

function doubles(kind: string, names: readonly string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map(name => `${kind} ${name} stands twice`);
}
