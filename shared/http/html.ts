import { brandSheet, type Force } from './assets.ts';

/** Languages of page texts. Another locale gets English (citizen-portal.md 9.6: Welsh grows page by page). */
export type Language = 'en' | 'cy';

/** What a view is given, beside `t`, `force`, `assets` and `brandPath`, which every view has. */
export interface PageModel {
  readonly lang: Language;
  readonly [name: string]: unknown;
}

/** What the build makes of the templates (local/templates.ts). */
export interface CompiledPages {
  readonly render: (view: string, context: object) => string;
  readonly texts: Readonly<Record<Language, Readonly<Record<string, string>>>>;
  /** Name in the source (`page.css`) to the path that it is served at. */
  readonly assetPaths: Readonly<Record<string, string>>;
}

/** A static file as the build keeps it: the bytes, and the same compressed with gzip and Brotli, each in base64. */
export interface StoredAsset {
  readonly type: string;
  readonly bytes: string;
  readonly gz: string;
  readonly br: string;
}

export interface PageSettings {
  readonly force: Force;
  /** Whether the public reaches us by https; false on a developer's machine only. */
  readonly isSecure: boolean;
  /** Path of the sink of reports of the content security policy, if there is one. */
  readonly cspReportPath?: string;
}

export interface HtmlPage {
  readonly status?: number;
  readonly view: string;
  readonly model: PageModel;
  readonly headers?: Readonly<Record<string, string>>;
  /** `plain`: nothing in the page or its headers says whose it is (goodsam.md 8 and 21.8). */
  readonly face?: 'force' | 'plain';
  /** The address of the page is itself a secret, such as that of a live link: no referrer, not even to ourselves, and no search engine. */
  readonly isSecretAddress?: boolean;
  /** The store that this page's script uploads to; only pages that upload name it (citizen-portal.md 3.2). */
  readonly uploadOrigin?: string;
  /** The payment site that this page's form is redirected to. */
  readonly payOrigin?: string;
}

/** The reply as the host takes it. */
export interface HtmlReply {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, string>;
}

export interface Pages {
  /** The HTML of a view: `layout`-relative names such as `goodsam/consent.njk`. Rejects for an unknown view or text. */
  readonly renderPage: (view: string, model: PageModel) => Promise<string>;
  /** The HTML with every header of citizen-portal.md 3.2. */
  readonly htmlReply: (page: HtmlPage) => Promise<HtmlReply>;
}

/** SHA-256 of the one inline script of govuk-frontend's template; a unit test computes it again from the installed package. */
export const inlineScriptHash = 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw=';

const fromBuild = async (): Promise<CompiledPages> => await import('pages:compiled');

/** Makes the page renderer. Templates are loaded by the first page that is asked for, so a cold start does not pay for them; tests give their own `load`. */
export function createPages(settings: PageSettings, load: () => Promise<CompiledPages> = fromBuild): Pages {
  const brandPath = brandSheet(settings.force).path;
  let loading: Promise<CompiledPages> | undefined;
  const compiled = async (): Promise<CompiledPages> => {
    loading ??= load();
    return await loading;
  };

  async function renderPage(view: string, model: PageModel): Promise<string> {
    const { render, texts, assetPaths } = await compiled();
    return render(view, { ...model, force: settings.force, assets: assetPaths, brandPath, t: translator(texts, model.lang) });
  }

  return {
    renderPage,
    htmlReply: async page => ({ status: page.status ?? 200, body: await renderPage(page.view, page.model), headers: { ...page.headers, ...pageHeaders(page, settings) } }),
  };
}

export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/**
 * The text of a key in a language, in English when the language lacks it, with `{name}` replaced by the value of that name. It is text, never HTML.
 * Throws for a key that English lacks and for a value that was not given.
 */
export function translator(texts: CompiledPages['texts'], lang: Language): Translate {
  return (key, values = {}) => {
    const text = texts[lang][key] ?? texts.en[key];
    if (text === undefined) throw new TypeError(`no text ${key}`);
    return text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
      const value = values[name];
      if (value === undefined) throw new TypeError(`text ${key} needs ${name}`);
      return String(value);
    });
  };
}

/** Headers of every HTML reply: citizen-portal.md 3.2 as amended by 9.1.1. */
function pageHeaders(page: HtmlPage, settings: PageSettings): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(page, settings),
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': page.isSecretAddress === true ? 'no-referrer' : 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': 'no-store',
    ...(page.isSecretAddress === true && { 'x-robots-tag': 'noindex, nofollow' }),
    ...(settings.cspReportPath !== undefined && page.face !== 'plain' && { 'reporting-endpoints': `csp="${settings.cspReportPath}"` }),
  };
}

function contentSecurityPolicy({ face, uploadOrigin, payOrigin }: HtmlPage, { isSecure, cspReportPath }: PageSettings): string {
  // The hash would tell a plain page's reader what it is built with, and a plain page has no inline script.
  const script = face === 'plain' ? "'self'" : `'self' '${inlineScriptHash}'`;
  return [
    "default-src 'none'", "base-uri 'none'", `form-action 'self'${origin(payOrigin)}`, "frame-ancestors 'none'", "object-src 'none'",
    `script-src ${script}`, "style-src 'self'", "img-src 'self'", "font-src 'none'", "media-src 'self'", `connect-src 'self'${origin(uploadOrigin)}`, "manifest-src 'self'",
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
    ...(cspReportPath !== undefined && face !== 'plain' ? ['report-to csp'] : []),
  ].join('; ');
}

/** Only a bare origin, so that no configuration can add a second directive. */
function origin(value: string | undefined): string {
  if (value === undefined) return '';
  if (!URL.canParse(value) || new URL(value).origin !== value) throw new TypeError('the policy takes an origin only');
  return ` ${value}`;
}
