import { posix } from 'node:path';
import nunjucks from 'nunjucks';

/**
 * Makes a renderer of compiled templates; it reads no file. Nunjucks' own loader for compiled templates fails on govuk-frontend 6, whose macros import by relative
 * path: it makes an absolute path of them. This one joins names as paths of POSIX (citizen-portal.md 5.2). Everything is escaped unless a template says otherwise.
 */
export function environment(templates: Readonly<Record<string, object>>): (view: string, context: object) => string {
  const loader = {
    isRelative: (name: string) => name.startsWith('./') || name.startsWith('../'),
    resolve: (from: string, to: string) => posix.join(posix.dirname(from), to),
    getSource: (name: string) => (Object.hasOwn(templates, name) ? { src: { type: 'code', obj: templates[name] }, path: name, noCache: false } : null),
  };
  // The published types know loaders of text only.
  const made: unknown = Reflect.construct(nunjucks.Environment, [loader, { autoescape: true }]);
  if (!(made instanceof nunjucks.Environment)) throw new TypeError('no template environment');
  return (view, context) => made.render(view, context);
}
