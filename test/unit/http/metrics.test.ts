import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { TrustSource } from '#domain/trust-sources.ts';
import { createMetrics } from '#http/metrics.ts';
import { createMetricsListener } from '#http/metrics-listener.ts';
import { createSetClock } from '#test/support/set-clock.ts';
import { listeningApp } from './listening-app.ts';

const clock = createSetClock();
const ago = (seconds: number) => new Date(clock.now().getTime() - seconds * 1000);
const source: TrustSource = {
  kind: 'crl',
  url: 'http://crl.example.test/g2.crl',
  issuerKey: 'ab'.repeat(32),
  lastSuccess: ago(90),
  thisUpdate: ago(3600),
  nextUpdate: ago(-3600),
  entries: 3,
  failures: 1,
  failuresInAll: 5,
};

const metricsOf = (sources: readonly TrustSource[] = []) =>
  createMetrics({ clock, sources: () => sources, ofProcess: false });

async function listening(allow: readonly string[], metrics = metricsOf()) {
  const server = createMetricsListener({ metrics, allow }, {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (path: string, init?: RequestInit) => fetch(`${origin}${path}`, init);
}

test('requests are counted by method, route pattern and kind of status, never by path', async () => {
  const metrics = metricsOf();
  const { send } = await listeningApp(metrics.measure, (ctx) => {
    if (ctx.path !== '/secret') ctx.state.route = '/account/:id';
    ctx.body = 'page';
  });
  await send('GET /account/a1b2?token=secret');
  await send('GET /secret');
  await send('BREW /account/x');
  const text = await metrics.render();
  expect(text).toContain('hufu_http_request_seconds_count{method="GET",route="/account/:id",status="2xx"} 1');
  expect(text).toContain('route="unmatched"');
  expect(text).not.toMatch(/a1b2|secret/);
});

test('logins are counted by method and outcome', async () => {
  const metrics = metricsOf();
  metrics.countLogin('certificate', 'refused');
  metrics.countLogin('certificate', 'refused');
  expect(await metrics.render()).toContain('hufu_logins_total{method="certificate",outcome="refused"} 2');
});

test('each source tells its age, its end and its failures; what is not known is left out', async () => {
  const { lastSuccess: _, nextUpdate: __, thisUpdate: ___, entries: ____, ...never } = source;
  const text = await metricsOf([
    source,
    { ...never, kind: 'ocsp', url: 'http://ocsp.example.test' },
  ]).render();
  const labels = `kind="crl",url="${source.url}",issuer_key="${source.issuerKey}"`;
  expect(text).toContain(`hufu_revocation_source_age_seconds{${labels}} 90`);
  expect(text).toContain(`hufu_revocation_source_failures{${labels}} 1`);
  expect(text).toContain(`hufu_revocation_source_failures_since_start{${labels}} 5`);
  expect(text).toContain(`hufu_revocation_source_entries{${labels}} 3`);
  expect(text).toContain(`next_update_timestamp_seconds{${labels}} ${ago(-3600).getTime() / 1000}`);
  expect(text).not.toContain('age_seconds{kind="ocsp"');
  expect(text).toContain('failures{kind="ocsp"');
});

test('the process is measured where that is wanted', async () => {
  const metrics = createMetrics({ clock, sources: () => [] });
  expect(await metrics.render()).toContain('process_resident_memory_bytes');
});

test('the listener gives metrics to GET /metrics and nothing else', async () => {
  const ask = await listening(['127.0.0.1']);
  const answer = await ask('/metrics');
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toContain('hufu_logins_total');
  for (const [path, init] of [
    ['/', {}],
    ['/metrics/', {}],
    ['/metrics?x', {}],
    ['/metrics', { method: 'POST' }],
  ] as const) {
    expect((await ask(path, init)).status).toBe(404);
  }
});

test('whoever is not allowed gets nothing, whatever header says otherwise', async () => {
  const ask = await listening(['10.0.0.0/8']);
  const answer = await ask('/metrics', {
    headers: { 'x-forwarded-for': '10.0.0.1', forwarded: 'for=10.0.0.1' },
  });
  expect([answer.status, await answer.text()]).toEqual([403, '']);
});

test('what cannot be rendered is an error, not silence', async () => {
  const ask = await listening(['127.0.0.1'], {
    ...metricsOf(),
    render: () => Promise.reject(new Error('broken')),
  });
  expect((await ask('/metrics')).status).toBe(500);
});
