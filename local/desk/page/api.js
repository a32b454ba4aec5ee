/* global fetch, crypto, XMLHttpRequest, URL, location, sessionStorage, setTimeout */

/** @typedef {import('../types.ts').Accepted} Accepted */

/** What the service answered instead of doing it: an RFC 9457 problem. */
export class Refused extends Error {
  /** @param {number} status @param {Record<string, any>} problem */
  constructor(status, problem) {
    super(String(problem['detail'] ?? 'The service gave no reason.'));
    this.status = status;
    this.title = String(problem['title'] ?? `Status ${status}`);
    this.code = String(problem['code'] ?? 'unknown');
    this.traceId = problem['traceId'] === undefined ? undefined : String(problem['traceId']);
    /** Of a 412: the version that stands now. @type {string | undefined} */
    this.current = problem['current'] === undefined ? undefined : String(problem['current']);
    /** Of a 412: what somebody else changed meanwhile. @type {{ field: string, by: string, at: string, before?: string, after?: string, collides: boolean }[]} */
    this.changes = Array.isArray(problem['changes']) ? problem['changes'] : [];
    /** @type {{ pointer: string, message: string }[]} */
    this.fields = Array.isArray(problem['errors']) ? problem['errors'].map(error => ({ pointer: String(error.pointer), message: String(error.message) })) : [];
  }
}

const store = 'desk-person';

export function actingAs() {
  return sessionStorage.getItem(store) ?? 'sam.caseworker';
}

/** @param {string} login */
export function actAs(login) {
  sessionStorage.setItem(store, login);
}

/** @param {string} path @param {RequestInit} [init] */
async function send(path, init = {}) {
  const reply = await fetch(path, { ...init, headers: { ...init.headers, 'x-desk-person': actingAs() } }).catch(() => {
    throw new Refused(0, { title: 'No answer', code: 'no-answer', detail: 'The local desk does not answer. Is npm start still running?' });
  });
  if (!reply.ok) throw new Refused(reply.status, await reply.json().catch(() => ({})));
  return reply;
}

/** @param {string} path @returns {Promise<any>} */
export async function read(path) {
  return (await send(path)).json();
}

/** A file with its bytes. @param {string} path */
export async function readFile(path) {
  const reply = await send(path);
  return { bytes: new Uint8Array(await reply.arrayBuffer()), contentType: reply.headers.get('content-type') ?? '' };
}

/** All rows of a list, page by page. @param {string} path @param {number} [limit] @returns {Promise<any[]>} */
export async function readAll(path, limit = 500) {
  const rows = [];
  for (let next = `${path}?limit=${limit}`; next !== '';) {
    const page = await read(next);
    rows.push(...page.value);
    // The link names the service's public address; the desk asks through itself.
    next = page.nextLink === undefined ? '' : `${path}${new URL(page.nextLink, location.href).search}`;
  }
  return rows;
}

function newKey() {
  return crypto.randomUUID().replaceAll('-', '');
}

/**
 * Sends a command once, with a key of its own. The page repeats it with the same key when the service says that it is busy (503).
 * @param {string} path @param {object} [body] @param {{ ifMatch?: string, method?: 'POST' | 'PUT' }} [how] @returns {Promise<Accepted>}
 */
export async function command(path, body, how) {
  return (await sendOnce(path, body, how)).json();
}

/** A file that is given for a reason, which is logged. @param {string} path @param {object} reason */
export async function fileFor(path, reason) {
  const reply = await sendOnce(path, reason);
  return { bytes: new Uint8Array(await reply.arrayBuffer()), contentType: reply.headers.get('content-type') ?? '' };
}

/** @param {string} path @param {object} [body] @param {{ ifMatch?: string, method?: 'POST' | 'PUT' }} [how] */
async function sendOnce(path, body, { ifMatch, method = 'POST' } = {}) {
  const headers = { 'idempotency-key': newKey(), ...(body && { 'content-type': 'application/json' }), ...(ifMatch !== undefined && { 'if-match': ifMatch }) };
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 503 || attempt === 4) throw error;
      await new Promise(resolve => setTimeout(resolve, attempt * 500));
    }
  }
}

/**
 * Uploads a file; `progress` hears the share that has left, from 0 to 1. (fetch cannot tell how far an upload is.)
 * @param {string} path @param {File} file @param {(share: number) => void} progress @returns {Promise<Accepted>}
 */
export function upload(path, file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    const name = encodeURIComponent(file.name);
    const headers = {
      'x-desk-person': actingAs(), 'idempotency-key': newKey(), 'content-type': /\.pdf$/i.test(file.name) ? 'application/pdf' : /\.txt$/i.test(file.name) ? 'text/plain' : 'application/octet-stream',
      'x-file-name': name,
    };
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value);
    request.upload.addEventListener('progress', event => progress(event.total === 0 ? 1 : event.loaded / event.total));
    request.addEventListener('error', () => reject(new Refused(0, { title: 'The upload broke off', code: 'no-answer', detail: 'The file did not arrive. Send it again.' })));
    request.addEventListener('load', () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(/** @type {Accepted} */ (body));
      else reject(new Refused(request.status, body));
    });
    request.send(file);
  });
}

/** @param {string} text @returns {Record<string, any>} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
