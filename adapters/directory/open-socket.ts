/**
 * A socket to a directory server, ready to be spoken on: plain (loopback), TLS from the start (ldaps), or TLS after
 * StartTLS (RFC 4511 §4.14). TLS is 1.2 or newer, the certificate must be good for the host of the URL and lead to `ca`.
 *
 * StartTLS is done here and not by ldapts: what came in plain before the handshake is then known to be nothing but the
 * one answer, so that nobody on the way can slip in the beginning of a later one.
 */
import { once } from 'node:events';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Ber, BerReader, ExtendedRequest } from 'ldapts';
import { HufuError } from '#domain/errors.ts';
import { within } from './time-limit.ts';

export type DirectoryAddress =
  | { readonly socketPath: string }
  | {
      /** `ldap://` or `ldaps://`. */
      readonly url: string;
      /** Upgrades an `ldap://` connection before anything else is said on it. */
      readonly startTls?: boolean;
      /** PEM of the only CAs to trust. Default: those that Node trusts. */
      readonly ca?: string;
    };

const startTlsOid = '1.3.6.1.4.1.1466.20037';

/** Throws system errors, TimeLimitError, and `directory-unavailable` with the fact `reason` where TLS is to blame. */
export async function openSocket(address: DirectoryAddress, milliseconds: number): Promise<Socket> {
  const open: Socket[] = [];
  const keep = (socket: Socket) => {
    open.push(socket);
    // Whoever waits for the socket hears of an error; between two waits nobody need.
    return socket.on('error', () => {});
  };
  const giveUp = () => {
    for (const socket of open) socket.destroy();
  };
  try {
    return await within(dial(address, keep), milliseconds, giveUp);
  } catch (error) {
    giveUp();
    throw error;
  }
}

async function dial(address: DirectoryAddress, keep: (socket: Socket) => Socket): Promise<Socket> {
  if ('socketPath' in address) {
    const socket = keep(connectPlain(address.socketPath));
    await once(socket, 'connect');
    return socket;
  }
  const { protocol, hostname, port } = new URL(address.url);
  const isSecure = protocol === 'ldaps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const raw = keep(connectPlain({ host, port: Number(port || (isSecure ? 636 : 389)) }));
  await once(raw, 'connect');
  raw.setNoDelay(true);
  if (!isSecure && !address.startTls) return raw;
  if (!isSecure) await startTls(raw);
  return secure(raw, host, address.ca, keep);
}

async function secure(raw: Socket, host: string, ca: string | undefined, keep: (socket: Socket) => Socket) {
  const socket = connectTls({
    socket: raw,
    host,
    // Server names are names (RFC 6066 §3); an address is checked all the same, by `host`.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
  });
  keep(socket);
  try {
    await once(socket, 'secureConnect');
    return socket;
  } catch (cause) {
    throw tlsFailure('tls-refused', cause);
  }
}

async function startTls(socket: Socket): Promise<void> {
  socket.write(new ExtendedRequest({ messageId: 1, oid: startTlsOid }).write());
  const answer = await readAnswer(socket);
  if (resultOf(answer) !== 0) throw tlsFailure('start-tls-refused');
}

/** The one message that comes; anything behind it was not said by a server that waits for the handshake. */
async function readAnswer(socket: Socket): Promise<Buffer> {
  let received: Buffer = Buffer.alloc(0);
  for (;;) {
    const [piece] = (await Promise.race([once(socket, 'data'), ended(socket)])) as [Buffer?];
    if (!piece) throw tlsFailure('start-tls-refused');
    received = Buffer.concat([received, piece]);
    const length = messageLength(received);
    if (received.length > Math.min(length, longestAnswer)) throw tlsFailure('start-tls-refused');
    if (received.length === length) {
      socket.pause();
      return received;
    }
  }
}

/** Bytes; an answer to StartTLS is some dozens, with a text of the server's perhaps some hundreds. */
const longestAnswer = 4096;

/** Length of the message that `bytes` begin with; unlimited while that is not to be told. */
function messageLength(bytes: Buffer): number {
  const reader = new BerReader(bytes);
  return reader.readSequence() === null ? Infinity : reader.offset + reader.length;
}

function resultOf(message: Buffer): number | undefined {
  try {
    const reader = new BerReader(message);
    reader.readSequence();
    if (reader.readInt() !== 1 || reader.readSequence(0x78) === null) return undefined;
    return reader.peek() === Ber.Enumeration ? (reader.readEnumeration() ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

async function ended(socket: Socket): Promise<[]> {
  await once(socket, 'close');
  return [];
}

function tlsFailure(reason: 'tls-refused' | 'start-tls-refused', cause?: unknown): HufuError {
  return new HufuError('directory-unavailable', { cause, facts: { reason } });
}
