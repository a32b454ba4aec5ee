import { describe, expect, it } from '@jest/globals';
import { createRoute, matchRoute, overlaps, sortRoutes, type Route } from '../../local/host/router.ts';

const route = (name: string, template: string, methods = ['GET']): Route => createRoute(name, template, methods);
const found = (routes: readonly Route[], method: string, path: string): unknown => {
  const match = matchRoute(sortRoutes(routes), method, path);
  return match && { function: match.route.functionName, ...match.params };
};

describe('route templates', () => {
  it('trap 1: the alphabet of function names decides, not how exact a template is', () => {
    const routes = [route('b_literal', 'items/list'), route('a_catch', 'items/{name}')];
    expect(found(routes, 'GET', '/items/list')).toEqual({ function: 'a_catch', name: 'list' });
  });

  it('trap 2: a method that is not listed finds nothing, HEAD and OPTIONS included', () => {
    const routes = [route('one', 'items/{id}')];
    expect(found(routes, 'get', '/items/1')).toEqual({ function: 'one', id: '1' });
    for (const method of ['POST', 'HEAD', 'OPTIONS', 'DELETE']) expect(found(routes, method, '/items/1')).toBeUndefined();
  });

  it.each([
    ['items/{id:int}', '/items/12', { id: '12' }],
    ['items/{id:int}', '/items/x', undefined],
    ['items/{id:guid}', '/items/0f8fad5b-d9cb-469f-a165-70867728950e', { id: '0f8fad5b-d9cb-469f-a165-70867728950e' }],
    ['items/{id:length(3)}', '/items/abc', { id: 'abc' }],
    ['items/{id:length(2,3)}', '/items/abcd', undefined],
    ['items/{id:range(1,9)}', '/items/10', undefined],
    ['items/{id:regex(^[a-z]{{2}}/?$)}', '/items/ab', { id: 'ab' }],
    ['items/{id:regex(^[a-z]{{2}}$)}', '/items/abc', undefined],
    ['items/{id?}', '/items', {}],
    ['items/{id?}', '/items/1', { id: '1' }],
    ['files/{*path}', '/files/a/b%20c', { path: 'a/b c' }],
    ['files/{*path}', '/files', {}],
    ['Items/{id}', '/iTEMS/A', { id: 'A' }],
    ['items', '/items/', {}],
    ['/', '/', {}],
    ['items/{id}', '/items/%E0%A4%A', undefined],
  ])('matches %s against %s', (template, path, params) => {
    expect(matchRoute([route('one', template)], 'GET', path)?.params).toEqual(params);
  });

  it('refuses what it does not know instead of matching it wrongly', () => {
    expect(() => route('one', 'a/{id:colour}')).toThrow('unknown constraint "colour"');
    expect(() => route('one', 'a/{x}-{y}')).toThrow('not one this host knows');
  });
});

describe('overlap', () => {
  it.each([
    ['items/{name}', 'items/list', true],
    ['items/{id:int}', 'items/list', false],
    ['items/{id:int}', 'items/{name:alpha}', false],
    ['items/{id:int}', 'items/{name}', true],
    ['items/{id}/a', 'items/{id}/b', false],
    ['items/{id}', 'items', false],
    ['items/{id?}', 'items', true],
    ['{*rest}', 'items', true],
    ['items/{*rest}', 'other/list', false],
    ['ITEMS', 'items', true],
  ])('trap 1: %s and %s overlap: %s', (a, b, expected) => {
    expect(overlaps([route('one', a), route('two', b)]).length > 0).toBe(expected);
    expect(overlaps([route('two', b), route('one', a)]).length > 0).toBe(expected);
  });

  it('counts methods: the same template may serve GET and PUT from two functions', () => {
    expect(overlaps([route('one', 'items', ['GET']), route('two', 'items', ['PUT'])])).toEqual([]);
    expect(overlaps([route('one', 'items', ['GET', 'PUT']), route('two', 'items', ['PUT'])])).toHaveLength(1);
  });
});
