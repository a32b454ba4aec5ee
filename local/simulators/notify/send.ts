import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { badRequest, invalid } from './answer.ts';
import type { Answer } from './answer.ts';
import type { KeyType, Message, Service, Template, World } from './model.ts';
import { render } from './templates.ts';

const common = { template_id: z.string(), personalisation: z.record(z.string(), z.union([z.string(), z.number()])).optional(), reference: z.string().max(1_000).optional() };
const bodies = {
  sms: z.strictObject({ ...common, phone_number: z.string(), sms_sender_id: z.uuid().optional() }),
  email: z.strictObject({ ...common, email_address: z.string(), email_reply_to_id: z.uuid().optional(), one_click_unsubscribe_url: z.string().optional(), sanitise_content_for: z.array(z.string()).optional() }),
};

interface Order {
  readonly to: string;
  readonly templateId: string;
  readonly personalisation: Readonly<Record<string, string | number>>;
  readonly reference: string | null;
}

/** POST /v2/notifications/{sms|email}: keeps the message and answers 201, or throws Refusal in Notify's shape. */
export function send(world: World, caller: { readonly service: Service; readonly keyType: KeyType }, kind: 'sms' | 'email', given: unknown): Answer {
  const { service, keyType } = caller;
  const order = orderOf(kind, given);
  if (kind === 'sms') checkNumber(order.to);
  else if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(order.to)) throw invalid('email_address Not a valid email address');
  const isTeam = world.teamRecipients.has(order.to);
  if (keyType === 'team' && !isTeam) throw badRequest('Can\u2019t send to this recipient using a team-only API key');
  if (keyType === 'normal' && service.trial && !isTeam) throw badRequest('Can\u2019t send to this recipient when service is in trial mode \u2013 see https://www.notifications.service.gov.uk/trial-mode');
  const template = templateOf(world, service, kind, order.templateId);
  const message: Message = {
    id: randomUUID(), service: service.service, kind, to: order.to, from: service.sender, reference: order.reference, template, at: new Date(world.now()).toISOString(),
    status: 'created', ...render(template, order.personalisation, service),
  };
  world.messages.push(message);
  world.taken(message, keyType === 'test');
  return { status: 201, body: acceptance(message) };
}

function orderOf(kind: 'sms' | 'email', given: unknown): Order {
  const parsed = bodies[kind].safeParse(given);
  if (!parsed.success) throw invalid(issueOf(parsed.error));
  const { data } = parsed;
  if (!z.uuid().safeParse(data.template_id).success) throw invalid('template_id is not a valid UUID');
  return {
    to: 'phone_number' in data ? data.phone_number : data.email_address, templateId: data.template_id, personalisation: data.personalisation ?? {}, reference: data.reference ?? null,
  };
}

function issueOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const name = issue?.path.join(' ') ?? '';
  if (issue?.code === 'unrecognized_keys') return `Additional properties are not allowed (${issue.keys.join(', ')} was unexpected)`;
  return issue?.code === 'invalid_type' && issue.input === undefined ? `${name} is a required property` : `${name} is not valid`;
}

function checkNumber(number: string): void {
  if (/[^\d\s()+-]/.test(number)) throw invalid('phone_number Must not contain letters or symbols');
  const digits = number.replace(/\D/g, '');
  if (digits.length < 10) throw invalid('phone_number Not enough digits');
  if (digits.length > 15) throw invalid('phone_number Too many digits');
}

function templateOf(world: World, service: Service, kind: 'sms' | 'email', id: string): Template {
  const template = world.templates.find(one => one.id === id && one.service === service.service);
  if (!template) throw badRequest('Template not found');
  if (template.kind !== kind) throw badRequest(`${template.kind} template is not suitable for ${kind} notification`);
  return template;
}

function acceptance(message: Message): Record<string, unknown> {
  const { id, reference, template, body, subject, from, kind } = message;
  const content = kind === 'sms' ? { body, from_number: from } : { body, subject, from_email: `${from.toLowerCase()}@notify.example` };
  return { id, reference, uri: `/v2/notifications/${id}`, template: { id: template.id, version: 1, uri: `/v2/template/${template.id}` }, content, scheduled_for: null };
}

/** A message as GET answers it. */
export function notification(message: Message): Record<string, unknown> {
  const { id, reference, template, body, subject, kind, to, status, at, completedAt } = message;
  return {
    id, reference, type: kind, status, body, subject: subject ?? null, phone_number: kind === 'sms' ? to : null, email_address: kind === 'email' ? to : null,
    template: { id: template.id, version: 1, uri: `/v2/template/${template.id}`, name: template.name }, created_at: at, sent_at: status === 'created' ? null : at,
    completed_at: completedAt ?? null, scheduled_for: null, created_by_name: null, is_cost_data_ready: true, cost_in_pounds: 0, cost_details: {},
  };
}
