import { beforeAll, describe, expect, it } from '@jest/globals';
import { linkPage, textVersion, type Face } from '../../../functions/goodsam/page.ts';
import { declineReason } from '../../../functions/goodsam/rules/terms.ts';
import { inlineScriptHash, type Pages } from '../../../shared/http/html.ts';
import { asked, builtPages, link, pageOf, stages, wordsOf } from './stages.ts';

let pages: Pages;
beforeAll(async () => { pages = await builtPages(); });

const names = Object.keys(stages('force'));
const everyPage = (['force', 'neutral'] as const).flatMap(face => ['en', 'cy'].flatMap(locale => names.map(name => [name, face, locale] as const)));
const html = async (name: string, face: Face = 'force', locale = 'en'): Promise<string> => await pages.renderPage(pageOf(name, face, locale).view, pageOf(name, face, locale).model);
const words = async (name: string, face: Face = 'force', locale = 'en') => wordsOf(await html(name, face, locale));

describe.each(everyPage)('%s, %s, %s', (name, face, locale) => {
  it('says its language and title, and has one heading', async () => {
    const page = await html(name, face, locale);
    const isFixed = face === 'neutral' && name.startsWith('dead');
    expect(/<html lang="(\w+)"/.exec(page)?.[1]).toBe(isFixed ? 'en' : locale);
    expect(/<title>([^<]{5,})<\/title>/.exec(page)).not.toBeNull();
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).not.toMatch(/undefined|\[object|goodsam\.\w/);
  });

  it('has no inline script but the hashed one, no inline style, and asks nothing of another site', async () => {
    const page = await html(name, face, locale);
    const inline = [...page.matchAll(/<script(?![^>]* src=)[^>]*>/g)];
    expect(inline.length).toBe(pageOf(name, face, locale).face === 'plain' ? 0 : 1);
    expect(page).not.toMatch(/<style|style=|\son\w+\s*=|http-equiv/);
    expect([...page.matchAll(/(?:src|action|formaction)="([^"]*)"|<link[^>]* href="([^"]*)"/g)].map(match => match[1] ?? match[2] ?? '').filter(address => !address.startsWith('/'))).toEqual([]);
  });

  it('is small and is sent as a secret address', async () => {
    const { headers, body } = await pages.htmlReply(pageOf(name, face, locale));
    expect(Buffer.byteLength(body)).toBeLessThan(30_000);
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
    expect(headers).not.toHaveProperty('set-cookie');
  });
});

/** goodsam.md 8 and 21.8. */
const telltale = /police|heddlu|constab|cheshire|\b101\b|\b999\b|gs-|crime|trosedd|abuse|camdrin|officer|swyddog|force|govuk|gov\.uk/i;

describe('the neutral host', () => {
  it.each(names.filter(name => !/^(?:landing|consent)/.test(name)))('%s: nothing before Let in or after the end says whose page it is', async name => {
    for (const locale of ['en', 'cy']) {
      expect(await words(name, 'neutral', locale)).not.toMatch(new RegExp(telltale.source.replace('|govuk|gov\\.uk', ''), 'i'));
    }
  });

  it.each(names.filter(name => pageOf(name, 'neutral', 'en').face === 'plain'))('%s: not even its source and headers do', async name => {
    const { body, headers } = await pages.htmlReply(pageOf(name, 'neutral', 'en'));
    expect(body).not.toMatch(telltale);
    expect(JSON.stringify(headers)).not.toMatch(telltale);
    expect(headers['content-security-policy']).not.toContain(inlineScriptHash);
  });

  it('wrong, ended and expired links are one 404, the same to the byte in every language', async () => {
    const replies = await Promise.all(['deadWrong', 'deadEnded', 'deadExpired'].flatMap(name => ['en', 'cy', 'pl', ''].map(async locale => await pages.htmlReply(pageOf(name, 'neutral', locale)))));
    expect(new Set(replies.map(reply => JSON.stringify(reply))).size).toBe(1);
    expect(replies[0]).toMatchObject({ status: 404 });
    expect(wordsOf(replies[0]?.body ?? '')).toBe('This page is not available This page is not available');
  });

  it('the first page is one Join button and nothing else', async () => {
    expect(await words('join', 'neutral')).toBe('Your call Your link is ready Join');
    expect((await html('join', 'neutral')).match(/<(?:a|button|input(?! type="hidden"))\b/g)).toEqual(['<button']);
  });

  it.each(['landing', 'consent', 'live', 'declineReason'])('%s, after Let in: title, icon and head stay neutral, there is a way out, and no reference', async name => {
    const page = await html(name, 'neutral');
    expect(/<head>[\s\S]*<\/head>/.exec(page)?.[0].replaceAll('govuk-template', '')).not.toMatch(telltale);
    expect(/<title>([^<]*)/.exec(page)?.[1]).toBe('Your call');
    expect(page).not.toMatch(/GS-7K2M|app-header|app-footer/);
    expect(page).toMatch(new RegExp(`<form method="post" action="${link}/exit">`));
  });

  it('consent after Let in names who asks, for without that it would be no consent', async () => {
    expect(await words('consent', 'neutral')).toContain('Cheshire Police would like to see live video from this phone to see that you are all right.');
  });

  it('help is given by voice only', async () => {
    const page = await html('help', 'neutral');
    expect(page).toContain('<input type="hidden" name="need" value="VOICE">');
    expect(page).not.toMatch(/CALL_BACK|BSL/);
  });
});

describe('the words', () => {
  it('of consent v1.0 are those of goodsam.md 6', async () => {
    expect(textVersion).toBe('v1.0');
    const text = (await words('consent')).split('Do you agree? ').at(-1) ?? '';
    expect(text).toMatch(/^Cheshire Police would like to see live video from this phone to see what has happened at the road junction\. It will be recorded\. You do not have to agree, and you can stop at any time by closing this page\. If you say no we will still help you another way\. What do you want to share\?/);
    expect(await words('consentOne')).toContain('Cheshire Police would like to see your location from this phone to see what has happened at the road junction. It will not be recorded.');
    expect(await words('consent')).toMatch(/Agree and start No thanks I need help another way/);
  });

  it('of the landing page say who, why, what, recorded, where, how long, who sees it, rights, and how to check', async () => {
    const text = await words('landing');
    for (const part of [
      'Cheshire Constabulary is responsible', 'Sample Video Ltd runs the service for us', 'so that we can see what has happened at the road junction.', 'Live video from your camera', 'Yes. It will be recorded.', 'In the UK only.', 'for 31 days',
      'Who sees it', 'data.protection@cheshire.example.test', 'ring 101 and quote GS-7K2M-9QXT', 'You can stop at any time', 'We never ask for bank details or passwords',
    ]) expect(text).toContain(part);
    expect(await words('landingUpload')).toContain('Only send footage that you have the right to share.');
  });

  it('escape the purpose, which somebody typed', async () => {
    const hostile = { ...asked, purpose: '<img src=x onerror=alert(1)> {{ 7*7 }} {force}' };
    for (const stage of ['landing', 'consent'] as const) {
      const { view, model } = linkPage({ stage, link, asked: hostile, face: 'force', locale: 'en' });
      const page = await pages.renderPage(view, model);
      expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; {{ 7*7 }} {force}');
      expect(page).not.toContain('<img');
    }
  });

  it('offer every reason to say no, in plain words, and not to answer', async () => {
    const page = await html('declineReason');
    expect([...page.matchAll(/type="radio" value="(\w+)"/g)].map(match => match[1] ?? '').sort()).toEqual([...declineReason.options].sort());
    expect(wordsOf(page)).toContain('I am not sure that this is real');
    expect(page).toContain('<input type="hidden" name="reason" value="NO_REASON_GIVEN">');
  });

  it('of a dead link on the force\'s own host tell what happened and whom to ring', async () => {
    expect(await words('deadEnded')).toContain('This request has ended');
    expect(await words('deadExpired')).toMatch(/This link has expired .*ring 101/);
    expect([pageOf('deadWrong', 'force', 'en').status, pageOf('deadEnded', 'force', 'en').status, pageOf('deadExpired', 'force', 'en').status]).toEqual([404, 410, 410]);
  });

  it('of another language are English, and Welsh where it is asked for', async () => {
    expect(await words('stopped', 'force', 'pl')).toBe(await words('stopped', 'force', 'en'));
    expect(await words('stopped', 'force', 'cy-GB')).toContain('Rydych wedi stopio rhannu');
    expect(await html('landing', 'force', 'cy')).toContain('<span lang="en">see what has happened at the road junction</span>');
  });

  it('are easy: sentences of 12 words on average at most', async () => {
    for (const name of names) {
      const text = (await html(name)).replaceAll(/<\/(?:p|li|h\d|dt|dd|label|button|div)>/g, '. ');
      const sentences = wordsOf(text).split(/[.?!:]+\s/).map(sentence => sentence.split(' ').length).filter(length => length > 1);
      expect([name, sentences.reduce((sum, length) => sum + length, 0) / sentences.length <= 12]).toEqual([name, true]);
    }
  });
});

describe('forms', () => {
  it('go to the routes of goodsam.md 21.19 only, and ask for nothing else than choices', async () => {
    const seen = new Map<string, Set<string>>();
    for (const [name, face] of everyPage) {
      for (const [, head = '', body = ''] of (await html(name, face)).matchAll(/<form ([^>]*)>([\s\S]*?)<\/form>/g)) {
        const action = (/action="([^"]*)"/.exec(head)?.[1] ?? '').replace(link, '');
        const fields = seen.get(action) ?? new Set<string>();
        for (const [, field = ''] of body.matchAll(/ name="(\w+)"/g)) fields.add(field);
        seen.set(action, fields);
      }
    }
    expect(Object.fromEntries([...seen].map(([action, fields]) => [action, [...fields].sort()]))).toEqual({
      '': [], '/code': ['code'], '/continue': ['step'], '/agree': ['lang', 'scope', 'textVersion'], '/decline': ['reason'], '/help': ['need'], '/exit': [], '/stop': [],
    });
  });

  it('a session address that is no web address is refused', () => {
    expect(() => linkPage({ stage: 'live', link, mode: 'VIDEO', scope: ['VIDEO'], sessionUrl: 'javascript:alert(1)', face: 'force', locale: 'en' })).toThrow(/web address/);
  });

  it('errors are shown at the top and at the field, and in the title', async () => {
    const page = await html('consentNoScope', 'neutral');
    expect(page).toMatch(/<title>Error: Your call<\/title>/);
    expect(page).toMatch(/<a href="#scope">Select what you want to share<\/a>/);
    expect(page).toMatch(/id="scope-error"/);
    expect(pageOf('consentNoScope', 'force', 'en').status).toBe(422);
  });

});
