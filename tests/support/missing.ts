import { missingEnvironment } from '../../local/issuer/missingStaff.ts';
import { startLiveLinks, type LiveLinks } from './liveLinks.ts';
import { text, type Answer, type Client } from './client.ts';
import { until } from './service.ts';

export interface Missing {
  readonly links: LiveLinks;
  as(login: string): Client;
  /** Moves the clock of the app on, then lets everything that is due happen. */
  pass(seconds: number): Promise<void>;
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** The built app with missing persons on, against simulators of everything outside. */
export async function startMissing(settings: Parameters<typeof startLiveLinks>[0] = {}): Promise<Missing> {
  const links = await startLiveLinks({ ...settings, service: { ...settings.service, environment: { ...missingEnvironment, ...settings.service?.environment } } });
  const settle = async (): Promise<void> => {
    for (let n = 0; n < 3; n++) {
      await links.system.host.run('MissingDue');
      await links.system.drain(60_000);
    }
  };
  return {
    links, as: login => links.as(login), settle, stop: () => links.stop(),
    async pass(seconds) {
      await links.pass(seconds);
      await settle();
    },
  };
}

/** Gives a command about a record. @throws with the answer when it was not accepted */
export async function must(person: Client, recordId: string, route: string, body: object = {}): Promise<void> {
  const answer = await act(person, recordId, route, body);
  if (answer.status !== 202) throw new Error(`${route}: ${answer.status} ${JSON.stringify(answer.json)}`);
}

export function act(person: Client, recordId: string, route: string, body: object = {}): Promise<Answer> {
  return person.post(`/api/missing-persons/${recordId}/${route}`, { body });
}

/** Enters a call and gives the record's id. */
export async function reported(person: Client, body: object, path = '/api/missing-persons'): Promise<string> {
  const answer = await person.post(path, { body });
  if (answer.status !== 202) throw new Error(`${answer.status} ${JSON.stringify(answer.json)}`);
  return text(answer, 'recordId');
}

export const questions = ['Q01', 'Q02', 'Q03', 'Q04', 'Q05', 'Q06', 'Q07', 'Q08', 'Q09', 'Q10', 'Q11', 'Q12'] as const;
export function answers(values: Readonly<Partial<Record<string, string>>> = {}): object {
  return { answers: questions.map(question => ({ question, value: values[question] ?? 'NO' })) };
}

export async function view(person: Client, recordId: string): Promise<Record<string, unknown>> {
  const answer = await person.get(`/api/missing-persons/${recordId}`);
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.json)}`);
  return answer.json;
}

export function stands(person: Client, recordId: string, ...states: string[]): Promise<Answer> {
  return until(() => person.get(`/api/missing-persons/${recordId}`), answer => states.includes(String(answer.json['state'])), 20_000);
}
