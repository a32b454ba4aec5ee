import { beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { loadPagesFromSource } from '../../../local/templates.ts';
import type { Force } from '../../../shared/http/assets.ts';
import { createPages, inlineScriptHash, translator, type CompiledPages, type Pages } from '../../../shared/http/html.ts';

const force: Force = { name: 'Sampleshire Constabulary', shortName: 'Sampleshire Police', phone: '101', colour: '#0b2a55', dataProtection: 'dpo@example.test' };
const root = join(import.meta.dirname, '../../..');
const model = { lang: 'en', kind: '404', traceId: '<script>alert(1)</script>' } as const;

let compiled: CompiledPages;
let pages: Pages;
beforeAll(async () => {
  compiled = await (await loadPagesFromSource()).pages();
  pages = createPages({ force, isSecure: true }, () => Promise.resolve(compiled));
});

describe('templates', () => {
  it('the hash in the policy is that of the one inline script of the installed govuk-frontend', () => {
    const template = readFileSync(join(createRequire(import.meta.url).resolve('govuk-frontend/package.json'), '../dist/govuk/template.njk'), 'utf8');
    const scripts = [...template.matchAll(/<script[^>]*>([\s\S]+?)<\/script>/g)].map(match => match[1] ?? '');
    expect(scripts.map(script => `sha256-${createHash('sha256').update(script).digest('base64')}`)).toEqual([inlineScriptHash]);
  });

  it('are loaded by the first page and once', async () => {
    let loads = 0;
    const { renderPage } = createPages({ force, isSecure: true }, () => {
      loads += 1;
      return Promise.resolve(compiled);
    });
    expect(loads).toBe(0);
    await renderPage('problem.njk', model);
    await renderPage('problem.njk', model);
    expect(loads).toBe(1);
  });

  it('escape what they are given, and refuse a view or a text that is not there', async () => {
    const html = await pages.renderPage('problem.njk', model);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('<script>alert');
    await expect(pages.renderPage('../../package.json', model)).rejects.toThrow(/not found/);
    await expect(pages.renderPage('problem.njk', { lang: 'en', kind: 'none' })).rejects.toThrow(/no text problem.none.heading/);
  });

  it('never mark anything as safe, nor give a component HTML', () => {
    const ours = ['shared/http/views/**/*.njk', 'functions/*/views/**/*.njk'].flatMap(pattern => globSync(pattern, { cwd: root }));
    expect(ours.length).toBeGreaterThan(8);
    for (const file of ours) expect([file, readFileSync(join(root, file), 'utf8').match(/\|\s*safe|\bhtml\s*:|autoescape|style=|\son\w+=/i)]).toEqual([file, null]);
  });

  it('show the force by its data: a strange name, and its colour in a file of its own', async () => {
    const other = createPages({ force: { ...force, name: '<Borough> & Force', colour: '#5b0b0b' }, isSecure: true }, () => Promise.resolve(compiled));
    const html = await other.renderPage('problem.njk', model);
    expect(html).toContain('&lt;Borough&gt; &amp; Force');
    expect(html).toMatch(/<meta name="theme-color" content="#5b0b0b">/);
    expect(html).not.toMatch(/crown|GDS Transport|govuk-footer/);
  });

  it('refuse a colour that white text cannot be read on', () => {
    expect(() => createPages({ force: { ...force, colour: '#8fb4ff' }, isSecure: true })).toThrow(/white text/);
    expect(() => createPages({ force: { ...force, colour: 'red;}body{display:none' }, isSecure: true })).toThrow(/#rrggbb/);
  });
});

describe('headers', () => {
  const policyOf = (headers: Record<string, string>) => new Map((headers['content-security-policy'] ?? '').split('; ').map(part => [part.split(' ')[0], part.split(' ').slice(1)]));

  it('of a page: those of citizen-portal.md 3.2 as amended', async () => {
    const { status, headers } = await pages.htmlReply({ status: 404, view: 'problem.njk', model });
    expect(status).toBe(404);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8', 'strict-transport-security': 'max-age=63072000; includeSubDomains', 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'permissions-policy': 'camera=(), microphone=(), geolocation=()', 'cache-control': 'no-store',
    });
    expect(Object.fromEntries(policyOf(headers))).toEqual({
      'default-src': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'self'"], 'frame-ancestors': ["'none'"], 'object-src': ["'none'"], 'script-src': ["'self'", `'${inlineScriptHash}'`],
      'style-src': ["'self'"], 'img-src': ["'self'"], 'font-src': ["'none'"], 'media-src': ["'self'"], 'connect-src': ["'self'"], 'manifest-src': ["'self'"], 'upgrade-insecure-requests': [],
    });
  });

  it('name the upload and the payment origin only on pages that need them, and only as origins', async () => {
    const { headers } = await pages.htmlReply({ view: 'problem.njk', model, uploadOrigin: 'https://uploads.example.test', payOrigin: 'https://pay.example.test' });
    expect(policyOf(headers).get('connect-src')).toEqual(["'self'", 'https://uploads.example.test']);
    expect(policyOf(headers).get('form-action')).toEqual(["'self'", 'https://pay.example.test']);
    await expect(pages.htmlReply({ view: 'problem.njk', model, uploadOrigin: "https://a.test; script-src 'unsafe-inline'" })).rejects.toThrow(/origin/);
  });

  it('of a secret address: no referrer and no search engine; a plain page tells nothing of what it is made with', async () => {
    const watched = createPages({ force, isSecure: false, cspReportPath: '/csp-report' }, () => Promise.resolve(compiled));
    const secret = await watched.htmlReply({ view: 'problem.njk', model, isSecretAddress: true });
    expect(secret.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow', 'reporting-endpoints': 'csp="/csp-report"' });
    expect(secret.headers['content-security-policy']).toMatch(/report-to csp$/);
    expect(secret.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    const plain = await watched.htmlReply({ view: 'problem.njk', model, face: 'plain' });
    expect(plain.headers['content-security-policy']).toContain("script-src 'self';");
    expect(plain.headers).not.toHaveProperty('reporting-endpoints');
  });

  it('cannot be taken off by a page', async () => {
    const { headers } = await pages.htmlReply({ view: 'problem.njk', model, headers: { 'cache-control': 'public', 'set-cookie': '__Host-lang=cy' } });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'set-cookie': '__Host-lang=cy' });
  });
});

describe('texts', () => {
  const texts = { en: { greet: 'Good morning {name}', only: 'English' }, cy: { greet: 'Bore da {name}' } };

  it('are those of the language, and English where it has none', () => {
    expect(translator(texts, 'cy')('greet', { name: 'Carys' })).toBe('Bore da Carys');
    expect(translator(texts, 'cy')('only')).toBe('English');
    expect(() => translator(texts, 'en')('greet')).toThrow(/greet needs name/);
    expect(() => translator(texts, 'en')('none')).toThrow(/no text none/);
  });

  it('in Welsh are whole, and take the same values as in English', () => {
    const values = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    expect(Object.keys(compiled.texts.cy)).toEqual(Object.keys(compiled.texts.en));
    for (const [key, text] of Object.entries(compiled.texts.en)) expect([key, values(compiled.texts.cy[key])]).toEqual([key, values(text)]);
  });
});
