/** The part of HTML that a browser without JavaScript needs to submit a form. */
export interface Form {
  readonly method: 'GET' | 'POST';
  /** Where it goes, as written in the page; empty for the page itself. */
  readonly action: string;
  /** The submit button's own name and value are in `fields` when it is the one that is pressed. */
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  readonly value: string;
  readonly kind: 'text' | 'checkbox' | 'radio';
  readonly isChecked: boolean;
}

type Attributes = ReadonlyMap<string, string>;

/** The forms of a page, one for each submit button, as a button may have an address of its own (`formaction`). */
export function formsOf(html: string): readonly Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].flatMap(([, head = '', inside = '']) => {
    const form = attributesOf(head);
    const fields = fieldsOf(inside);
    const buttons = [...inside.matchAll(/<(?:button|input)\b([^>]*)>/gi)].map(match => ({ tag: match[0], attributes: attributesOf(match[1] ?? '') })).filter(isSubmit).map(one => one.attributes);
    return (buttons.length > 0 ? buttons : [new Map<string, string>()]).map((button): Form => ({
      method: (button.get('formmethod') ?? form.get('method') ?? 'get').toUpperCase() === 'POST' ? 'POST' : 'GET',
      action: button.get('formaction') ?? form.get('action') ?? '',
      fields: [...fields, ...pressed(button)],
    }));
  });
}

/** The form whose address ends so, for instance `/agree`; a query does not count. */
export function formEndingIn(html: string, end: string): Form | undefined {
  return formsOf(html).find(({ action }) => action.split(/[?#]/)[0]?.endsWith(end));
}

function isSubmit({ tag, attributes }: { readonly tag: string; readonly attributes: Attributes }): boolean {
  const type = attributes.get('type')?.toLowerCase();
  return /^<button/i.test(tag) ? type === undefined || type === 'submit' : type === 'submit' || type === 'image';
}

function pressed(button: Attributes): Field[] {
  const name = button.get('name');
  return name === undefined ? [] : [{ name, value: button.get('value') ?? '', kind: 'text', isChecked: true }];
}

function fieldsOf(inside: string): Field[] {
  const inputs = [...inside.matchAll(/<input\b([^>]*)>/gi)].map(([, head = '']) => attributesOf(head)).flatMap(input => {
    const name = input.get('name');
    const type = input.get('type')?.toLowerCase() ?? 'text';
    if (name === undefined || input.has('disabled') || ['submit', 'image', 'button', 'reset', 'file'].includes(type)) return [];
    const isBox = type === 'checkbox' || type === 'radio';
    const kind: Field['kind'] = type === 'checkbox' || type === 'radio' ? type : 'text';
    return [{ name, value: input.get('value') ?? (isBox ? 'on' : ''), kind, isChecked: !isBox || input.has('checked') }];
  });
  const choices = [...inside.matchAll(/<(select|textarea)\b([^>]*)>([\s\S]*?)<\/\1>/gi)].flatMap(([, tag = '', head = '', content = '']): Field[] => {
    const name = attributesOf(head).get('name');
    if (name === undefined) return [];
    return [{ name, value: tag.toLowerCase() === 'select' ? chosen(content) : decoded(content), kind: 'text', isChecked: true }];
  });
  return [...inputs, ...choices];
}

function chosen(options: string): string {
  const all = [...options.matchAll(/<option\b([^>]*)>/gi)].map(([, head = '']) => attributesOf(head));
  return (all.find(option => option.has('selected')) ?? all[0])?.get('value') ?? '';
}

function attributesOf(head: string): Attributes {
  const pairs = [...head.matchAll(/([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)];
  return new Map(pairs.map(([, name = '', double, single, bare]) => [name.toLowerCase(), decoded(double ?? single ?? bare ?? '')]));
}

const entities: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', apos: "'", '#39': "'", '#x27': "'", '#34': '"', '#47': '/', '#x2F': '/', '#x2f': '/' };

function decoded(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
