/** One segment of an ASP.NET Core route template, as far as Azure Functions apps use them. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string; readonly optional: boolean; readonly constraints: readonly Constraint[] }
  | { readonly kind: 'rest'; readonly name: string };

export interface Constraint {
  readonly name: string;
  readonly test: (value: string) => boolean;
}

const integer = /^[+-]?\d+$/;
const byName: Readonly<Record<string, (argument: string) => (value: string) => boolean>> = {
  int: () => value => integer.test(value) && Math.abs(Number(value)) < 2 ** 31,
  long: () => value => integer.test(value),
  guid: () => value => /^\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i.test(value),
  bool: () => value => /^(true|false)$/i.test(value),
  alpha: () => value => /^[a-z]*$/i.test(value),
  length: argument => {
    const [low = 0, high = low] = argument.split(',').map(Number);
    return value => value.length >= low && value.length <= high;
  },
  minlength: argument => value => value.length >= Number(argument),
  maxlength: argument => value => value.length <= Number(argument),
  min: argument => value => integer.test(value) && Number(value) >= Number(argument),
  max: argument => value => integer.test(value) && Number(value) <= Number(argument),
  range: argument => {
    const [low = 0, high = 0] = argument.split(',').map(Number);
    return value => integer.test(value) && Number(value) >= low && Number(value) <= high;
  },
  // In a template `{` and `}` of the expression are doubled (ASP.NET Core routing). It is not anchored; the template's author anchors it.
  regex: argument => {
    const expression = new RegExp(argument.replaceAll('{{', '{').replaceAll('}}', '}'), 'i');
    return value => expression.test(value);
  },
};

/** Parses a route template with its prefix. Throws on what ASP.NET Core refuses and on what this host does not know. */
export function parseTemplate(template: string): readonly Segment[] {
  const text = template.replace(/^~?\//, '').replace(/\/$/, '');
  return text === '' ? [] : splitSegments(text).map(part => parseSegment(part, template));
}

/** Splits at slashes outside of braces: a regex constraint may hold a slash. */
function splitSegments(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    if (char === '/' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${char}`);
  }
  return parts;
}

function parseSegment(part: string, template: string): Segment {
  if (!/[{}]/.test(part)) return { kind: 'literal', text: part };
  const rest = /^\{\*\*?([A-Za-z_]\w*)\}$/.exec(part)?.[1];
  if (rest !== undefined) return { kind: 'rest', name: rest };
  const match = /^\{([A-Za-z_]\w*)((?::.*?)?)(\?)?\}$/s.exec(part);
  if (!match) throw new Error(`route "${template}": segment "${part}" is not one this host knows`);
  const [, name = '', constraints = '', optional] = match;
  return { kind: 'parameter', name, optional: optional !== undefined, constraints: parseConstraints(constraints, template) };
}

function parseConstraints(text: string, template: string): Constraint[] {
  const found: Constraint[] = [];
  for (const match of text.matchAll(/:([a-z]+)(?:\(((?:[^()]|\([^()]*\))*)\))?/gi)) {
    const name = (match[1] ?? '').toLowerCase();
    const make = byName[name];
    if (!make) throw new Error(`route "${template}": unknown constraint "${name}"`);
    found.push({ name: match[0].slice(1), test: make(match[2] ?? '') });
  }
  return found;
}
