import { contentsOf, packedRow } from '../../support/storage.ts';

/** Somebody without a script at the served page of the public. */
export interface Visitor {
  look(path: string, headers?: Readonly<Record<string, string>>): Promise<Seen>;
  /** Sends a form as the page at `/report-missing-person/form` does. */
  send(body: string | URLSearchParams, headers?: Readonly<Record<string, string>>): Promise<Seen>;
  /** The key of a new form. */
  once(): Promise<string>;
}

export interface Seen { readonly status: number; readonly html: string; readonly headers: Headers }

export const formPath = '/report-missing-person/form';

export function visitor(base: string): Visitor {
  const call = async (path: string, init: RequestInit): Promise<Seen> => {
    const reply = await fetch(`${base}${path}`, { redirect: 'manual', ...init });
    return { status: reply.status, html: await reply.text(), headers: reply.headers };
  };
  return {
    look: (path, headers = {}) => call(path, { headers }),
    send: (body, headers = {}) => call(formPath, { method: 'POST', body: body.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', origin: base, ...headers } }),
    async once() {
      const { html } = await call(formPath, {});
      const key = /name="once" value="([^"]+)"/.exec(html)?.[1];
      if (key === undefined) throw new Error('the form has no key');
      return key;
    },
  };
}

export function targetOf({ status, headers }: Seen): string {
  const location = headers.get('location');
  if (status !== 303 || location === null) throw new Error(`not sent on: ${status}`);
  return location;
}

/** The day of London that is so many days from now, in the boxes of the form. */
export function lastSeen(days: number): Readonly<Record<'lastSeenDay' | 'lastSeenMonth' | 'lastSeenYear' | 'lastSeenTime', string>> {
  const [day = '', month = '', year = ''] = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London' }).format(new Date(Date.now() + days * 86_400_000)).split('/');
  return { lastSeenDay: day, lastSeenMonth: month, lastSeenYear: year, lastSeenTime: '12:00' };
}

export const enough = { givenName: 'Ella', familyName: 'Example', lastSeenPlace: 'Sample Park', lastSeenUnknown: 'yes', informantPhone: '01632 960123' } as const;

/** S06: what is wrong with it is the date of birth, when they were last seen, and the telephone. */
export const bad = {
  givenName: '\u{1f600}', familyName: "'; DROP TABLE people; --", dobDay: '31', dobMonth: '02', dobYear: '2010', age: '15', description: '<script>alert(1)</script>', lastSeenPlace: '<img src=x onerror=alert(2)>', ...lastSeen(1),
  worries: 'Not like him.\r\n\r\n"Gone" & <b>afraid</b>', inDanger: 'YES', informantName: 'Sam Sample', informantPhone: '07700 90',
} as const;

/** Rows of the reports that were received, by the id with which they begin. */
export async function reportsIn(connectionString: string): Promise<ReadonlyMap<string, { readonly state: Record<string, unknown>; readonly raw: string }>> {
  const contents = await contentsOf(connectionString);
  const states = [...contents].filter(([place, row]) => /^cases\/[a-z2-7]{26}\/state$/.test(place) && packedRow(row)['kind'] === 'missing');
  return new Map(states.map(([place, row]) => {
    const id = place.split('/')[1] ?? '';
    const [, raw = ''] = [...contents].find(([other]) => other === `cases/${id}/raw` || other === `cases/${id}/part|raw`) ?? [];
    return [id, { state: packedRow(row), raw: raw === '' ? '' : String(packedRow(raw)['text']) }];
  }));
}
