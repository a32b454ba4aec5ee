import type { Form } from './form.ts';

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly html: string;
}

export interface Browser {
  readonly open: (url: URL) => Promise<Page>;
  /** Submits a form with the fields that are checked, plus `extra` in place of fields of the same name. */
  readonly submit: (page: Page, form: Form, extra?: Readonly<Record<string, string>>) => Promise<Page>;
}

const REDIRECTS = 8;

/**
 * A browser without JavaScript: cookies by origin, redirects, forms. It goes to loopback only, so that a robot on a developer's machine never opens an address of
 * the real world, whatever stands in a text.
 */
export function openBrowser(signal: AbortSignal, userAgent: string): Browser {
  const jar = new Map<string, Map<string, string>>();
  const request = async (url: URL, form?: { readonly from: URL; readonly body: string }): Promise<Page> => {
    let next: { url: URL; body?: string; from?: URL } = { url, ...form };
    for (let step = 0; step < REDIRECTS; step += 1) {
      if (!isLoopback(next.url)) throw new RangeError('the robot opens loopback addresses only');
      const response = await fetch(next.url, { ...sending(next, jar, userAgent), redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]) });
      keepCookies(jar, next.url, response);
      const html = await response.text();
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || location === null) return { url: next.url, status: response.status, html };
      next = response.status === 307 || response.status === 308 ? { ...next, url: new URL(location, next.url) } : { url: new URL(location, next.url) };
    }
    throw new RangeError(`more than ${REDIRECTS} redirects`);
  };
  return {
    open: url => request(url),
    submit: (page, form, extra = {}) => {
      const target = new URL(form.action, page.url);
      const fields = form.fields.filter(field => field.isChecked && !Object.hasOwn(extra, field.name)).map(({ name, value }): [string, string] => [name, value]);
      const body = new URLSearchParams([...fields, ...Object.entries(extra)]).toString();
      if (form.method === 'POST') return request(target, { from: page.url, body });
      target.search = body;
      return request(target);
    },
  };
}

/** Loopback by address or by name, so also the two names that stand for the branded and the neutral host on a developer's machine. */
export function isLoopback(url: URL): boolean {
  return url.protocol === 'http:' && /^(?:127\.\d+\.\d+\.\d+|\[::1\]|(?:[\w-]+\.)*localhost)$/.test(url.hostname);
}

function sending(next: { readonly url: URL; readonly body?: string; readonly from?: URL }, jar: ReadonlyMap<string, ReadonlyMap<string, string>>, userAgent: string) {
  const cookie = [...jar.get(next.url.origin) ?? []].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = {
    'user-agent': userAgent, accept: 'text/html', 'accept-language': 'en-GB', ...(cookie !== '' && { cookie }),
    ...(next.body !== undefined && { 'content-type': 'application/x-www-form-urlencoded', origin: (next.from ?? next.url).origin, 'sec-fetch-site': next.from?.origin === next.url.origin ? 'same-origin' : 'cross-site' }),
  };
  return next.body === undefined ? { headers } : { method: 'POST', headers, body: next.body };
}

function keepCookies(jar: Map<string, Map<string, string>>, url: URL, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = '', ...rules] = line.split(';');
    const [name = '', ...value] = pair.split('=');
    const cookies = jar.get(url.origin) ?? new Map<string, string>();
    if (rules.some(rule => /^\s*max-age=0\s*$/i.test(rule))) cookies.delete(name.trim());
    else cookies.set(name.trim(), value.join('=').trim());
    jar.set(url.origin, cookies);
  }
}
