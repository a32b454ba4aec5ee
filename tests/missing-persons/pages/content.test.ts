import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Audience } from '../../../functions/missing-persons/page.ts';
import { careForm } from '../../../functions/missing-persons/rules/intake/reportFields.ts';
import type { Pages } from '../../../shared/http/html.ts';
import { builtPages, pageOf, stageNames, type StageName } from './stages.ts';

let pages: Pages;
beforeAll(async () => { pages = await builtPages(); });
const html = async (name: StageName, audience: Audience = 'public', locale = 'en') => await pages.renderPage(pageOf(name, audience, locale).view, pageOf(name, audience, locale).model);
const names = (page: string) => [...page.matchAll(/<(?:input|textarea|button)[^>]* name="(\w+)"/g)].map(match => match[1] ?? '');

describe.each((['public', 'carer'] as const).flatMap(audience => ['en', 'cy'].flatMap(locale => stageNames.map(name => [name, audience, locale] as const))))('%s, %s, %s', (name, audience, locale) => {
  it('has a language, a title and one heading, no raw key, nothing inline, and nothing of another site', async () => {
    const page = await html(name, audience, locale);
    expect(/<html lang="(\w+)"/.exec(page)?.[1]).toBe(locale);
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).not.toMatch(/undefined|\[object|missing-persons\.\w|<style|style=|\son\w+\s*=/);
    expect([...page.matchAll(/(?:src|action|formaction)="([^"]*)"/g)].map(match => match[1] ?? '').filter(address => !address.startsWith('/'))).toEqual([]);
  });
  it('says 999 before anything is asked', async () => {
    const page = await html(name, audience, locale);
    const first = page.indexOf('<main') + page.slice(page.indexOf('<main')).indexOf('999');
    if (name.startsWith('sent')) expect(page).toContain('999');
    else for (const after of ['<form', 'role="button"']) expect(page.includes(after) ? first < page.indexOf(after) : true).toBe(true);
  });
});

describe('the form', () => {
  it('asks what the schema of the report reads, and nothing else', async () => {
    const asked = new Set([...names(await html('formBad', 'carer')), ...names(await html('formWhich', 'carer'))]);
    const read = Object.keys(careForm.shape);
    expect([...asked].filter(name => name !== 'once' && !read.includes(name))).toEqual([]);
    // The interface takes a date of birth in one piece; the page asks for its parts.
    expect(read.filter(name => !asked.has(name))).toEqual(['lastSeenReason', 'dob']);
    expect(names(await html('form'))).not.toContain('placementName');
  });

  it('S06: shows each error at the top and at its field, in order, and keeps what was typed', async () => {
    const page = await html('formBad');
    const links = [...page.matchAll(/<a href="#(\w+)">/g)].map(match => match[1]);
    expect(links).toEqual(['dobDay', 'lastSeenDay', 'informantPhone']);
    for (const id of links) expect(page).toMatch(new RegExp(`<input[^>]* id="${id}"`));
    expect(page.match(/class="govuk-error-message"/g)).toHaveLength(3);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('value="&#39;; DROP TABLE people; --"');
    expect(page).toContain('value="07700 90"');
    expect(pageOf('formBad', 'public', 'en').status).toBe(422);
    expect(page).toMatch(/<title>\s*Error: /);
  });

  it('offers "send it as it is" after an error and not before, and not for an empty form', async () => {
    const asItIs = /<button[^>]* name="asItIs"/;
    expect(await html('form')).not.toMatch(asItIs);
    expect(await html('formEmpty')).not.toMatch(asItIs);
    const page = await html('formBad');
    expect(page).toMatch(asItIs);
    // Enter presses the first button of a form: that must be the one that checks.
    expect(page.indexOf('name="asItIs"')).toBeGreaterThan(page.indexOf('Send the report'));
  });

  it('asks which of the two times only when the clocks went back', async () => {
    expect(names(await html('formBad'))).not.toContain('lastSeenWhich');
    expect(names(await html('formWhich'))).toContain('lastSeenWhich');
  });

  it('works without a script: a plain form with a button', async () => {
    expect(await html('form')).toMatch(/<form method="post" action="\/missing\/report" novalidate>[\s\S]*<button type="submit"/);
  });
});

describe('after sending', () => {
  it('gives the reference and what happens next', async () => {
    const page = await html('sent');
    expect(page).toContain('MP-7K2M-9QXT');
    expect(page).not.toMatch(/govuk-warning-text/);
    expect(await html('sentBad')).toMatch(/govuk-warning-text[\s\S]*ring now/);
    expect(await html('sent', 'carer')).toContain('protocol form');
  });
});
