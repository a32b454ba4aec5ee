import { randomBytes } from 'node:crypto';
import type { Reply } from './reply.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => escapes[character] ?? character);
}

export interface PageParts { readonly title: string; readonly body: string; readonly script?: string; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }

/** A small page for a phone's width. Nothing on it may be kept or leave it. */
export function page({ title, body, script, status = 200, headers = {} }: PageParts): Reply {
  const nonce = randomBytes(16).toString('base64');
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex', 'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      ...headers,
    },
    body: `<!doctype html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escape(title)}</title>
  <style nonce="${nonce}">
    body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 26rem; padding: 1rem; color: #0b0c0c; background: #fff; }
    .banner { background: #ffdd00; padding: .5rem 1rem; margin: -1rem -1rem 1rem; font-weight: 700; }
    button, input, select { font: inherit; width: 100%; padding: .7rem; margin: .25rem 0; box-sizing: border-box; border: 2px solid #0b0c0c; border-radius: 4px; background: #fff; color: inherit; }
    button { background: #1d70b8; border-color: #1d70b8; color: #fff; }
    button:disabled { background: #fff; border-color: #505a5f; color: #505a5f; }
    button.stop { background: #d4351c; border-color: #d4351c; }
    :focus-visible { outline: 3px solid #ffdd00; box-shadow: 0 0 0 6px #0b0c0c; }
    svg { width: 100%; height: auto; }
  </style>
</head>
<body>
${body}
${script === undefined ? '' : `<script nonce="${nonce}">${script}</script>`}
</body>
</html>
`,
  };
}

/** What is left after a hidden exit, a cancel or an end: it tells nobody what this was. */
export function neutralPage(status: number): Reply {
  return page({ title: 'This page is not available', body: '<main><h1>This page is not available</h1></main>', status });
}
