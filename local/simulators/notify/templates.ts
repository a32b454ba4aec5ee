import { templatesOf } from '../../../functions/goodsam/rules/templates.ts';
import type { Service, Template } from './model.ts';
import { badRequest } from './answer.ts';

/** The force's approved texts as somebody would have typed them into Notify: each text, and each e-mail as `NAME_EMAIL`. Ids are the same at each start. */
export function notifyTemplates(forceShortName: string): readonly Template[] {
  return Object.values(templatesOf(forceShortName)).flatMap((template, index): Template[] => {
    const text: Template = { id: idOf('a', index), service: template.service, kind: 'sms', name: template.name, body: inNotifysForm(template.text) };
    if (template.service === 'neutral' || !template.email) return [text];
    const { subject, body } = template.email;
    return [text, { id: idOf('b', index), service: 'branded', kind: 'email', name: `${template.name}_EMAIL`, subject: inNotifysForm(subject), body: inNotifysForm(body) }];
  });
}

function idOf(letter: string, index: number): string {
  return `${letter}0000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;
}

function inNotifysForm(text: string): string {
  return text.replace(/\{(\w+)\}/g, '(($1))');
}

export interface Rendered {
  /** What the API answers. */
  readonly body: string;
  /** What the person reads. */
  readonly text: string;
  readonly subject?: string;
}

/** Fills a template as Notify does: more personalisation than it needs is taken, less is refused. */
export function render(template: Template, personalisation: Readonly<Record<string, unknown>>, service: Service): Rendered {
  const given = new Map(Object.entries(personalisation).map(([name, value]) => [name, String(value)]));
  const needed = [...`${template.subject ?? ''} ${template.body}`.matchAll(/\(\((\w+)\)\)/g)].map(match => match[1] ?? '');
  const missing = [...new Set(needed)].filter(name => !given.has(name));
  if (missing.length > 0) throw badRequest(`Missing personalisation: ${missing.join(', ')}`);
  const filled = (words: string) => words.replace(/\(\((\w+)\)\)/g, (_, name: string) => given.get(name) ?? '');
  const body = filled(template.body);
  const text = template.kind === 'sms' && service.prefix ? `${service.name}: ${body}` : body;
  return { body, text, ...(template.subject !== undefined && { subject: filled(template.subject) }) };
}
