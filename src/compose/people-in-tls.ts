/** Where browsers of people are asked for a certificate, wired from the configuration: a listener of its own, or a proxy's header. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { ShownInTls } from '#authentication/certificate-handovers.ts';
import type { Config } from '#config/config.ts';
import type { CertificateLoginListenerOptions } from '#http/certificate-login-listener.ts';
import type { ClientCertificatesKeeper } from '#http/client-certificates.ts';
import { presentPath } from '#interactions/certificate-tls/handover-addresses.ts';

export interface PeopleInTls {
  readonly origin: string;
  /** Undefined: a proxy asks. */
  readonly listener: CertificateLoginListenerOptions | undefined;
  /** Undefined: the request did not come where certificates are asked for. */
  findShown(req: IncomingMessage): ShownInTls | undefined;
}

/** Undefined where it is not configured. Reads the named files; throws system errors when one cannot be read. */
export async function openPeopleInTls(
  config: Pick<Config, 'login' | 'certificates'>,
  certificates: ClientCertificatesKeeper,
): Promise<PeopleInTls | undefined> {
  const { mutualTls } = config.login.certificate;
  if (!mutualTls) return undefined;
  const { origin, listen } = mutualTls;
  const { host } = new URL(origin);
  const isFor = (req: IncomingMessage) => req.headers.host?.toLowerCase() === host;
  if (!listen) {
    return {
      origin,
      listener: undefined,
      // The keeper gives what a configured proxy handed on, and nothing that anybody else sent.
      findShown: (req) =>
        isFor(req) && !certificates.isOnOwnListener(req)
          ? { to: 'proxy', certificate: certificates.find(req)?.certificate.raw }
          : undefined,
    };
  }
  const own = new WeakSet<object>();
  return {
    origin,
    listener: {
      ...listen,
      certificate: await readFile(listen.certificate, 'utf8'),
      key: await readFile(listen.key, 'utf8'),
      hints: hintsOf(config),
      path: presentPath,
      noteOwn(socket) {
        own.add(socket);
        // No header counts on this listener either.
        certificates.noteOwn(socket);
      },
    },
    findShown: (req) =>
      isFor(req) && own.has(req.socket)
        ? { to: 'listener', certificate: (req.socket as TLSSocket).getPeerX509Certificate()?.raw }
        : undefined,
  };
}

/** Where intermediates are fetched, a card's issuer may be none of those we know: a browser that goes by them would hide the card. */
function hintsOf({ certificates }: Pick<Config, 'certificates'>): readonly string[] {
  if (!certificates || certificates.fetchIssuers) return [];
  return [...certificates.intermediates, ...certificates.anchors].map((der) =>
    new X509Certificate(der).toString(),
  );
}
