import { createHash } from 'node:crypto';
import { lawOf, type Command, type Effect, type MissingCase } from '../../../functions/missing-persons/decide.ts';
import type { Act } from '../../../functions/missing-persons/rules/bodies/all.ts';
import { takeCall, takeCareReport, takePublicReport } from '../../../functions/missing-persons/rules/intake/takeReport.ts';
import type { Intake } from '../../../functions/missing-persons/rules/intake/report.ts';
import { nextDue } from '../../../functions/missing-persons/rules/law/due.ts';
import type { Looked, People } from '../../../functions/missing-persons/rules/law/step.ts';
import { missingSettings, type MissingSettings } from '../../../functions/missing-persons/rules/settings.ts';
import { tokenRole, type Role } from '../../../functions/missing-persons/rules/terms.ts';
import { missingRecord, type MissingRecord } from '../../../functions/missing-persons/state.ts';
import type { Fact } from '../../../shared/domain/decision.ts';

export const settings = missingSettings.parse({});
export const people: People = { CALL_HANDLER: 'cora', FIM: 'fred', ATTENDING: 'abby', OIC: 'oscar', SGT: 'sita', INSP: 'ivan', DI_SIO: 'dora', SUPT: 'suki', MFH_COORD: 'mo', MEDIA: 'meg', PNC_BUREAU: 'pat', CD_SPOC: 'cyd', FLO: 'flo', POLSA: 'pol' };
export type Name = 'cora' | 'fred' | 'abby' | 'oscar' | 'sita' | 'ivan' | 'ida' | 'dora' | 'suki' | 'mo' | 'meg' | 'pat' | 'cyd' | 'flo' | 'lena' | 'dpo' | 'rita' | 'system';
const roles: Readonly<Record<Name, readonly Role[]>> = {
  cora: ['CALL_HANDLER'], fred: ['FIM'], abby: ['ATTENDING'], oscar: ['OIC'], sita: ['SGT'], ivan: ['INSP'], ida: ['INSP'], dora: ['DI_SIO'], suki: ['SUPT'], mo: ['MFH_COORD'], meg: ['MEDIA'], pat: ['PNC_BUREAU'], cyd: ['CD_SPOC'], flo: ['FLO'], lena: ['LA_PARTNER'], dpo: ['DPO'], rita: ['RECORDS'], system: [],
};

/** One record under the law alone: a clock, the case, the facts of the audit. Nothing is stored and nothing is called. */
export class Desk {
  now: string;
  current: MissingCase | undefined;
  readonly facts: (Fact & { readonly at: string; readonly by: string })[] = [];
  /** What left with the steps so far. */
  readonly effects: Effect[] = [];
  private readonly law: ReturnType<typeof lawOf>;
  private count = 0;
  looked: Looked = {};
  people: People = people;
  readonly settings: MissingSettings;
  constructor(now: string, own: MissingSettings = settings) {
    this.now = new Date(now).toISOString();
    this.settings = own;
    this.law = lawOf(own, text => createHash('sha256').update(text).digest('hex'));
  }
  get record(): MissingRecord {
    if (!this.current) throw new Error('there is no record yet');
    return this.current.state;
  }
  get level(): string | undefined {
    return this.record.risk?.level;
  }
  get state(): string {
    return this.record.file?.state ?? this.record.report.state;
  }
  context() {
    this.count += 1;
    return { people: this.people, looked: { caseRef: 'MP/CHS/2026/000001', ...this.looked }, id: `op${this.count}` };
  }
  /** The code of the refusal, or `accepted`. */
  give(command: Command, by: Name): string {
    const decision = this.law(this.current, command, { now: this.now, by, roles: roles[by].map(tokenRole) });
    if (decision.kind === 'refused') return decision.code;
    // Hundreds of ticks in a row are checked at their end: the check takes longer than the law.
    this.current = command.do === 'Tick' ? decision.next : this.checked(decision.next);
    this.facts.push(...decision.facts.map(fact => ({ ...fact, at: this.now, by })));
    this.effects.push(...decision.effects);
    const { refusal } = this.record;
    return 'context' in command && refusal?.id === command.context.id ? refusal.code : 'accepted';
  }
  private checked(next: MissingCase): MissingCase {
    return { ...next, state: missingRecord.parse(next.state) };
  }
  act(act: Act, by: Name): string {
    return this.give({ do: 'Act', act, context: this.context() }, by);
  }
  must(act: Act, by: Name): void {
    const said = this.act(act, by);
    if (said !== 'accepted') throw new Error(`${act.do}: ${said} ${this.record.refusal?.reason ?? ''}`);
  }
  receive(intake: Intake, by: Name): void {
    if (this.give({ do: 'Receive', recordId: 'record-one', intake, context: this.context() }, by) !== 'accepted') throw new Error('not received');
  }
  call(form: Partial<Parameters<typeof takeCall>[0]> = {}, by: Name = 'cora'): void {
    const taken = takeCall({ channel: 'PHONE_101', callStartedAt: this.now, ...form }, { now: this.now, raw: JSON.stringify(form), handler: by });
    if (taken.kind !== 'received') throw new Error(JSON.stringify(taken.failures));
    this.receive(taken.intake, by);
  }
  care(form: Parameters<typeof takeCareReport>[0], organisationId = 'org-home'): void {
    const taken = takeCareReport(form, { now: this.now, raw: JSON.stringify(form), organisationId });
    if (taken.kind !== 'received') throw new Error(JSON.stringify(taken.failures));
    this.receive(taken.intake, 'system');
  }
  web(form: Parameters<typeof takePublicReport>[0]): void {
    const taken = takePublicReport(form, { now: this.now, raw: JSON.stringify(form) });
    if (taken.kind !== 'received') throw new Error(JSON.stringify(taken.failures));
    this.receive(taken.intake, 'system');
  }
  /** The clock moves on, and whatever becomes due on the way is acted on at its own instant. */
  to(instant: string): void {
    const end = new Date(instant).toISOString();
    let due = nextDue(this.record, this.settings);
    for (let turns = 0; due && due.at <= end; turns++) {
      if (turns > 5_000) throw new Error(`goes round at ${due.key} ${due.at}`);
      if (due.at > this.now) this.now = due.at;
      this.give({ do: 'Tick', context: this.context() }, 'system');
      const next = nextDue(this.record, this.settings);
      if (next && next.key === due.key && next.at === due.at) throw new Error(`not acted on: ${due.key} ${due.at}`);
      due = next;
    }
    this.now = end;
    if (this.current) this.current = this.checked(this.current);
  }
  /** The clock jumps, and nobody looks: an outage. One look afterwards. */
  outage(instant: string): void {
    this.now = new Date(instant).toISOString();
    this.give({ do: 'Tick', context: this.context() }, 'system');
    if (this.current) this.current = this.checked(this.current);
  }
  task(templateId: string): MissingRecord['tasks'][number] {
    const found = this.record.tasks.findLast(item => item.templateId === templateId);
    if (!found) throw new Error(`there is no task ${templateId}`);
    return found;
  }
  answers(values: Readonly<Partial<Record<string, 'YES' | 'NO' | 'NOT_KNOWN'>>> = {}, by: Name = 'cora'): void {
    const questions = ['Q01', 'Q02', 'Q03', 'Q04', 'Q05', 'Q06', 'Q07', 'Q08', 'Q09', 'Q10', 'Q11', 'Q12'] as const;
    this.must({ do: 'RecordAnswers', answers: questions.map(question => ({ question, value: values[question] ?? 'NO' })) }, by);
  }
}
