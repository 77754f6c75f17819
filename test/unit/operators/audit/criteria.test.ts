import { describe, expect, test } from 'vitest';
import { judgeCriteria, searchHref, typedCriteria } from '#src/operators/audit/criteria.ts';

const judge = (texts: Record<string, unknown>) => judgeCriteria(typedCriteria(texts));

describe('criteria of an audit search', () => {
  test('nothing typed asks for everything', () => {
    expect(judge({})).toEqual({ ok: true, criteria: {} });
  });

  test('times are of Taipei, and the last minute or day is included', () => {
    expect(judge({ from: '2026-11-21', to: '2026-11-21' })).toEqual({
      ok: true,
      criteria: { from: new Date('2026-11-20T16:00:00Z'), to: new Date('2026-11-21T16:00:00Z') },
    });
    expect(judge({ from: '2026-11-21T09:30', to: '2026-11-21T09:30' })).toEqual({
      ok: true,
      criteria: { from: new Date('2026-11-21T01:30:00Z'), to: new Date('2026-11-21T01:31:00Z') },
    });
  });

  test.each([
    ['4'.padEnd(26, 'a'), `person:${'4'.padEnd(26, 'a')}`],
    ['client:csm', 'client:csm'],
    ['system:login', 'system:login'],
    ['anonymous', 'anonymous'],
  ])('an actor typed as %s is %s', (typed, actor) => {
    expect(judge({ actor: typed })).toEqual({ ok: true, criteria: { actor } });
  });

  test.each([
    ['from', 'yesterday'],
    ['from', '2026-13-40'],
    ['to', '2026-11-21T25:00'],
    ['actor', 'somebody'],
    ['actor', "person:a' or 1=1"],
    ['person', 'A123456789'],
    ['unit', '2.16.'],
    ['unit', '2.16.%'],
    ['action', 'login'],
    ['action', '<b>.x'],
    ['outcome', 'maybe'],
  ])('%s does not take %s', (name, value) => {
    expect(judge({ [name]: value })).toEqual({ ok: false, faults: [name] });
  });

  test('a doubled parameter is none, an added one is not heeded', () => {
    expect(typedCriteria({ actor: ['a', 'b'], sql: 'x' })).not.toHaveProperty('sql');
    expect(judge({ actor: ['a', 'b'] })).toEqual({ ok: true, criteria: {} });
  });

  test('the address holds what was typed and nothing else', () => {
    expect(searchHref(typedCriteria({ unit: '2.16', actor: '' }))).toBe('/operators/audit?unit=2.16');
    expect(searchHref({}, { before: '7' })).toBe('/operators/audit?before=7');
    expect(searchHref({})).toBe('/operators/audit');
  });
});
