import type { HttpHandler } from '@azure/functions';
import { createHash } from 'node:crypto';
import type { StoredAsset } from './html.ts';
import { securityHeaders } from './reply.ts';

/** What pages show of the force: data of its profile, so that another force changes configuration and no code. */
export interface Force {
  /** The controller's full name, such as that of FORCE_NAME. */
  readonly name: string;
  /** The name that people use, in texts of consent. */
  readonly shortName: string;
  /** The number to ring to check that it is really us. */
  readonly phone: string;
  /** `#rrggbb`: background of the header, under white text. */
  readonly colour: string;
  /** How to reach the data protection officer: an address of e-mail or a telephone number. */
  readonly dataProtection: string;
}

interface Served {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly gz?: Uint8Array;
  readonly br?: Uint8Array;
}

/** The content of a file is in its name, so that a browser never has to ask again. */
const immutable = 'public, max-age=31536000, immutable';

const fromBuild = async (): Promise<{ assets: Readonly<Record<string, StoredAsset>> }> => await import('pages:assets');

/**
 * The handler of `GET /assets/{*path}`: the files that the build made, in memory, and the force's colours. Anything else is a 404: nothing is read from disk, so there is
 * nothing to traverse. Brotli or gzip as the browser takes it.
 */
export function assetHandler(force: Force, load: () => Promise<{ assets: Readonly<Record<string, StoredAsset>> }> = fromBuild): HttpHandler {
  let serving: Promise<ReadonlyMap<string, Served>> | undefined;
  return async request => {
    serving ??= load().then(({ assets }) => servedFrom(assets, force));
    const asset = (await serving).get(`/assets/${request.params['path'] ?? ''}`);
    if (!asset) return { status: 404, body: 'Not found', headers: { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' } };
    const { encoding, bytes } = bestOf(asset, request.headers.get('accept-encoding') ?? '');
    return {
      status: 200, body: bytes,
      headers: { ...securityHeaders, 'content-type': asset.type, 'cache-control': immutable, vary: 'accept-encoding', ...(encoding !== undefined && { 'content-encoding': encoding }) },
    };
  };
}

function servedFrom(assets: Readonly<Record<string, StoredAsset>>, force: Force): ReadonlyMap<string, Served> {
  const decode = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
  const { path, css } = brandSheet(force);
  return new Map<string, Served>([
    ...Object.entries(assets).map(([at, { type, bytes, gz, br }]): [string, Served] => [at, { type, bytes: decode(bytes), gz: decode(gz), br: decode(br) }]),
    [path, { type: 'text/css; charset=utf-8', bytes: new Uint8Array(Buffer.from(css)) }],
  ]);
}

function bestOf({ bytes, gz, br }: Served, accepted: string): { encoding?: string; bytes: Uint8Array } {
  const takes = (name: string) => accepted.split(',').some(part => new RegExp(`^\\s*${name}\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*$).*)?$`, 'i').test(part));
  if (br && br.byteLength < bytes.byteLength && takes('br')) return { encoding: 'br', bytes: br };
  if (gz && gz.byteLength < bytes.byteLength && takes('gzip')) return { encoding: 'gzip', bytes: gz };
  return { bytes };
}

/** The few rules that hold the force's colour: a file of its own, for the policy forbids inline styles. Throws for a colour that white text cannot be read on. */
export function brandSheet({ colour }: Force): { path: string; css: string } {
  if (!/^#[\da-f]{6}$/i.test(colour)) throw new TypeError('the colour of the force must be #rrggbb');
  if (contrastWithWhite(colour) < 4.5) throw new TypeError('white text cannot be read on the colour of the force (WCAG 2.2, 1.4.3: 4.5 to 1)');
  const css = `.app-header,.app-header .govuk-generic-header{background:${colour}}.app-footer{border-top:10px solid ${colour}}`;
  return { css, path: `/assets/brand.${createHash('sha256').update(css).digest('hex').slice(0, 12)}.css` };
}

/** WCAG 2.2 contrast ratio of white on a colour, 1 to 21. */
function contrastWithWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
