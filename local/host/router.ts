import { parseTemplate, type Constraint, type Segment } from './routeTemplate.ts';

export interface Route {
  readonly functionName: string;
  readonly template: string;
  readonly segments: readonly Segment[];
  /** Upper case. */
  readonly methods: ReadonlySet<string>;
}

export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The library lists upper-case methods; ASP.NET Core compares without case. */
export function createRoute(functionName: string, template: string, methods: readonly string[]): Route {
  return { functionName, template, segments: parseTemplate(template), methods: new Set(methods.map(method => method.toUpperCase())) };
}

/**
 * The real host's order: by function name, and the first whose template and method fit wins; no precedence of literals
 * (FunctionMetadataManager.cs, WebJobsRouteBuilder). A method that is not listed is no match, so it ends as 404, never 405.
 */
export function sortRoutes(routes: readonly Route[]): Route[] {
  return routes.toSorted((a, b) => (a.functionName.toLowerCase() < b.functionName.toLowerCase() ? -1 : 1));
}

/** Finds the first route for a raw URL path (still percent-encoded). */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  const parts = pathSegments(path);
  if (!parts) return undefined;
  for (const route of routes) {
    if (!route.methods.has(method.toUpperCase())) continue;
    const params = matchSegments(route.segments, parts);
    if (params) return { route, params };
  }
  return undefined;
}

function pathSegments(path: string): string[] | undefined {
  try {
    const trimmed = path.replace(/^\//, '').replace(/\/$/, '');
    return trimmed === '' ? [] : trimmed.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function matchSegments(segments: readonly Segment[], parts: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (segment.kind === 'rest') {
      if (part !== undefined) params[segment.name] = parts.slice(index).join('/');
      return params;
    }
    if (part === undefined) return segment.kind === 'parameter' && segment.optional ? params : undefined;
    if (!fits(segment, part)) return undefined;
    if (segment.kind === 'parameter') params[segment.name] = part;
  }
  return parts.length > segments.length ? undefined : params;
}

function fits(segment: Segment, part: string): boolean {
  if (segment.kind === 'literal') return segment.text.toLowerCase() === part.toLowerCase();
  return segment.kind === 'rest' || (part !== '' && segment.constraints.every(constraint => constraint.test(part)));
}

/**
 * The pairs of routes that one request could reach both: an accident of the alphabet would decide which function runs. Sound but not
 * complete in one direction: two constrained parameters count as overlapping unless they cannot both hold, so a real overlap is never missed.
 */
export function overlaps(routes: readonly Route[]): [Route, Route][] {
  const found: [Route, Route][] = [];
  for (const [index, a] of routes.entries()) {
    for (const b of routes.slice(index + 1)) {
      if ([...a.methods].some(method => b.methods.has(method)) && meet(a.segments, b.segments)) found.push([a, b]);
    }
  }
  return found;
}

function meet(a: readonly Segment[], b: readonly Segment[]): boolean {
  const [first, second] = [a[0], b[0]];
  // A catch-all takes everything that follows, nothing included.
  if (first?.kind === 'rest' || second?.kind === 'rest') return true;
  if (first === undefined) return b.every(isOptional);
  if (second === undefined) return a.every(isOptional);
  if (!segmentsMeet(first, second)) return false;
  return meet(a.slice(1), b.slice(1));
}

function isOptional(segment: Segment): boolean {
  return segment.kind === 'rest' || (segment.kind === 'parameter' && segment.optional);
}

function segmentsMeet(a: Segment, b: Segment): boolean {
  if (a.kind === 'literal') return fits(b, a.text);
  if (b.kind === 'literal') return fits(a, b.text);
  if (a.kind === 'rest' || b.kind === 'rest') return true;
  return !a.constraints.some(one => b.constraints.some(other => exclude(one, other)));
}

const exclusive = [['guid', 'int'], ['guid', 'bool'], ['int', 'bool'], ['int', 'alpha'], ['long', 'guid'], ['long', 'bool'], ['long', 'alpha']];

function exclude(a: Constraint, b: Constraint): boolean {
  return exclusive.some(([x, y]) => (a.name === x && b.name === y) || (a.name === y && b.name === x));
}
