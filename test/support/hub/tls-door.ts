/** What a browser does at the door where certificates are shown in TLS, over plain HTTP and real TLS. */
import { request as httpsRequest } from 'node:https';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import type { Issued } from '#demo/pki/authority.ts';
import { mintSelfSigned } from '../self-signed-certificate.ts';
import { noteCanary } from './canaries.ts';
import { freePort } from './hub-world.ts';
import type { Shown, SigningIn } from './signing-in.ts';

export interface TlsDoor {
  readonly origin: string;
  /** The setting `login.certificate.mutualTls`. */
  readonly setting: object;
  /** Opens an address of the door's origin in a connection of its own, showing `card` if any. */
  show(address: string | URL, card?: Issued, more?: ShowOptions): Promise<TlsAnswer>;
}

export interface ShowOptions {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly session?: Buffer | undefined;
  readonly method?: string;
}

export interface TlsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly location?: URL;
  readonly body: string;
  /** What the server gave to resume by, and whether it was resumed. */
  readonly sessions: readonly Buffer[];
  readonly resumed: boolean;
  readonly protocol: string | null;
}

/** A listener's address and certificate, minted in `folder`. */
export async function tlsDoor(folder: string, more: object = {}): Promise<TlsDoor> {
  const { cert, certFile } = mintSelfSigned(folder);
  const port = await freePort();
  const origin = `https://localhost:${port}`;
  return {
    origin,
    setting: {
      origin,
      listen: { host: '127.0.0.1', port, certificate: certFile, key: path.join(folder, 'key.pem'), ...more },
    },
    show: (address, card, { headers = {}, session, method = 'GET' } = {}) =>
      new Promise((resolve, reject) => {
        const sessions: Buffer[] = [];
        const options = {
          method,
          host: '127.0.0.1',
          ca: cert,
          servername: 'localhost',
          agent: false,
          headers: { Host: `localhost:${port}`, Accept: 'text/html', ...headers },
          ...(card && {
            cert: card.pem,
            key: card.privateKey.export({ type: 'pkcs8', format: 'pem' }),
          }),
          ...(session && { session }),
        };
        const sent = httpsRequest(new URL(address, origin), options, (answer) => {
          const { socket } = answer;
          if (!(socket instanceof TLSSocket)) return reject(new Error('no TLS'));
          // Known once the connection is gone.
          const [resumed, protocol] = [socket.isSessionReused(), socket.getProtocol()];
          let body = '';
          answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
          answer.on('end', () => {
            const { location } = answer.headers;
            const { statusCode: status = 0, headers: got } = answer;
            const answered = { status, headers: got, body, sessions, resumed, protocol };
            resolve(location === undefined ? answered : { ...answered, location: new URL(location) });
          });
        });
        sent.on('socket', (socket) => socket.on('session', (given: Buffer) => sessions.push(given)));
        sent.on('error', reject);
        sent.end();
      }),
  };
}

/** Opens the door of the login that `page` is of. */
export function openTlsDoor(at: SigningIn, page: Pick<Shown, 'url'>): Promise<Shown> {
  return at.open(new URL('certificate-tls', page.url));
}

/** Presses the door's button and gives where it leads: the door's own origin, with a ticket. */
export async function takeTicket(at: SigningIn, door: Shown): Promise<URL> {
  const { leads, status } = await at.post(door.url, { csrf: door.csrf });
  const ticket = leads?.searchParams.get('ticket');
  if (!leads || !ticket) throw new Error(`no ticket: status ${status}`);
  noteCanary(ticket);
  return leads;
}

/** Shows the card with the ticket and gives where that leads: back to the login, with a proof. */
export async function takeProof(tls: TlsDoor, ticket: URL, card?: Issued): Promise<URL> {
  const { location, status } = await tls.show(ticket, card);
  const proof = location?.searchParams.get('proof');
  if (!location || !proof) throw new Error(`no proof: status ${status}`);
  noteCanary(proof);
  return location;
}
