/** A static page with the browser build of oidc-client-ts on it: a relying party without a server of its own. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const library = path.resolve(
  import.meta.dirname,
  '../../../node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js',
);

const page = (script: string) =>
  `<!doctype html><html lang="en"><title>front end</title><script src="/oidc-client-ts.js"></script><script src="${script}"></script></html>`;

/** Starts on `host:port`; `settings` are what the page hands to the library's UserManager. */
export async function startFrontEnd(
  host: string,
  port: number,
  settings: object,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const origin = `http://${host}:${port}`;
  const complete = {
    redirect_uri: `${origin}/callback`,
    silent_redirect_uri: `${origin}/silent`,
    post_logout_redirect_uri: `${origin}/logged-out`,
    ...settings,
  };
  const manager = `window.manager = new oidc.UserManager(${JSON.stringify(complete)});`;
  const files: Readonly<Record<string, readonly [string, string]>> = {
    '/': ['text/html', page('/manager.js')],
    '/callback': ['text/html', page('/manager.js')],
    '/logged-out': ['text/html', page('/manager.js')],
    '/silent': ['text/html', page('/silent.js')],
    '/manager.js': ['text/javascript', manager],
    '/silent.js': ['text/javascript', `${manager} manager.signinSilentCallback();`],
    '/oidc-client-ts.js': ['text/javascript', readFileSync(library, 'utf8')],
  };
  const server = createServer((request, response) => {
    const file = files[new URL(request.url ?? '/', origin).pathname];
    response.writeHead(file ? 200 : 404, { 'Content-Type': file?.[0] ?? 'text/plain' });
    response.end(file?.[1] ?? '');
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    origin,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
