/**
 * One client. Requests are taken from the stream as they come and carried out one after the other, so that a bind
 * holds for what follows it (RFC 4511, 4.2.1); an abandon is heeded at once, an unbind after what was sent before it. The stream is not read on while
 * many requests wait, nor entries sent on while the client does not take them.
 */
import type { Socket } from 'node:net';
import type { Log } from '#domain/log.ts';
import type { Subject } from '../operations/access.ts';
import { carryOut, type Outcome } from '../operations/carry-out.ts';
import type { Directory } from '../operations/operation-context.ts';
import { MalformedBer } from '../protocol/ber-reader.ts';
import { decodeRequest } from '../protocol/decode-request.ts';
import { encodeDisconnection, encodeResult } from '../protocol/encode-response.ts';
import type { LdapMessage, LdapRequest } from '../protocol/ldap-message.ts';
import { createMessageFramer } from '../protocol/message-framer.ts';
import { resultCode } from '../protocol/result-code.ts';
import { startTlsOid } from '../search/root-dse.ts';
import { secureStream, type ConnectionTls } from './secure-stream.ts';

export interface ConnectionLimits {
  /** Bytes of one message after a bind, and before one. */
  readonly longestMessage: number;
  readonly longestAnonymousMessage: number;
  /** Requests of one connection waiting before its stream is read no further. */
  readonly mostWaiting: number;
  /** Milliseconds that a message may take to arrive, and that a client may leave answers unread. */
  readonly patienceMs: number;
  /** Binds refused for their password before the connection is closed. */
  readonly mostFailedBinds: number;
}

export interface Connection {
  /** Tells the client and closes, once the operation under way is done. */
  stop(): void;
}

function isStartTls(request: LdapRequest): boolean {
  return request.kind === 'extended' && request.oid === startTlsOid;
}

interface Waiting {
  readonly message: LdapMessage;
  abandoned: boolean;
}

export function serveConnection(
  socket: Socket,
  directory: Directory,
  limits: ConnectionLimits,
  log: Log,
  tls?: ConnectionTls,
): Connection {
  const framer = createMessageFramer();
  const queue: Waiting[] = [];
  /** What is read and written: the socket, or TLS over it. */
  let stream = socket;
  let secure = false;
  let handshaking = false;
  let subject: Subject = { kind: 'anonymous' };
  let current: Waiting | undefined;
  let failedBinds = 0;
  let ending = false;
  let unbound = false;
  let stopping = false;
  let lateMessage: NodeJS.Timeout | undefined;

  function disconnect(code: 'protocolError' | 'unavailable', message: string): void {
    if (ending) return;
    ending = true;
    queue.length = 0;
    if (handshaking) stream.destroy();
    else stream.end(encodeDisconnection(code, message));
    // A client that does not close its side is not waited for.
    setTimeout(() => stream.destroy(), limits.patienceMs).unref();
  }

  function receive(message: LdapMessage): void {
    const { request } = message;
    if (request.kind === 'unbind') {
      unbound = true;
    } else if (request.kind === 'abandon') {
      for (const waiting of current === undefined ? queue : [current, ...queue]) {
        if (waiting.message.id === request.target && waiting.message.request.kind !== 'bind')
          waiting.abandoned = true;
      }
    } else queue.push({ message, abandoned: false });
  }

  function readMessages(): void {
    try {
      for (;;) {
        if (ending || unbound || queue.length >= limits.mostWaiting) break;
        const longest = subject.kind === 'anonymous' ? limits.longestAnonymousMessage : limits.longestMessage;
        const bytes = framer.next(longest);
        if (bytes === undefined) break;
        receive(decodeRequest(bytes));
      }
    } catch (error) {
      if (error instanceof MalformedBer) log.debug('ldap-malformed');
      else log.error('ldap-connection-failed', { error });
      disconnect('protocolError', error instanceof MalformedBer ? error.message : '');
    }
    watchPartialMessage();
    if (queue.length >= limits.mostWaiting) stream.pause();
    else if (stream.isPaused()) stream.resume();
    workOff().catch((error: unknown) => {
      log.error('ldap-connection-failed', { error });
      stream.destroy();
    });
  }

  function watchPartialMessage(): void {
    clearTimeout(lateMessage);
    lateMessage = undefined;
    if (ending || unbound || !framer.partial || queue.length > 0) return;
    lateMessage = setTimeout(
      () => disconnect('protocolError', 'message not completed in time'),
      limits.patienceMs,
    );
  }

  async function send(bytes: Buffer): Promise<void> {
    const to = stream;
    if (to.destroyed || to.write(bytes)) return;
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(() => {
        log.debug('ldap-client-too-slow');
        to.destroy();
      }, limits.patienceMs);
      const done = () => {
        clearTimeout(giveUp);
        to.off('drain', done).off('close', done);
        resolve();
      };
      to.on('drain', done).on('close', done);
    });
  }

  async function workOff(): Promise<void> {
    if (current !== undefined) return;
    for (current = queue.shift(); current !== undefined; current = queue.shift()) {
      if (!current.abandoned) await answer(current);
      if (queue.length === 0) break;
    }
    if (stopping) {
      current = undefined;
      disconnect('unavailable', 'server is stopping');
    } else if (current !== undefined) {
      current = undefined;
      readMessages(); // what was left unread while many waited
    } else if (unbound && !ending) {
      ending = true;
      stream.end();
    }
  }

  async function answer(waiting: Waiting): Promise<void> {
    const { message } = waiting;
    const started = performance.now();
    const isAbandoned = () =>
      waiting.abandoned || stream.destroyed || ending || (stopping && message.request.kind === 'search');
    if (tls !== undefined && isStartTls(message.request)) return startTls(message, tls);
    const outcome: Outcome = needsTls(message.request)
      ? { code: resultCode.confidentialityRequired, message: 'TLS first' }
      : await carryOut({ directory, subject, send, isAbandoned }, message);
    if (outcome.subject !== undefined) subject = outcome.subject;
    logOutcome(message, outcome, performance.now() - started);
    if (!isAbandoned()) await send(encodeResult({ id: message.id, kind: message.request.kind }, outcome));
    if (message.request.kind === 'bind' && outcome.code === resultCode.invalidCredentials) failedBinds += 1;
    if (failedBinds >= limits.mostFailedBinds) disconnect('unavailable', 'too many failed binds');
  }

  /** What tells nothing of the directory may be asked before TLS. */
  function needsTls(request: LdapRequest): boolean {
    const isRootDse = request.kind === 'search' && request.base === '' && request.scope === 'base';
    return tls !== undefined && !secure && !isRootDse;
  }

  /** RFC 4511, 4.14. What was sent in clear behind the request would be taken for sent in TLS: it ends the connection. */
  function startTls(message: LdapMessage, { context }: ConnectionTls): void {
    const code = secure ? resultCode.operationsError : resultCode.success;
    if (!secure && (queue.length > 0 || framer.partial || unbound)) {
      disconnect('protocolError', 'nothing may follow StartTLS before TLS');
      return;
    }
    logOutcome(message, { code }, 0);
    stream.write(encodeResult({ id: message.id, kind: 'extended' }, { code, responseName: startTlsOid }));
    if (!secure) secureFromHere(context);
  }

  function secureFromHere(context: ConnectionTls['context']): void {
    secure = true;
    socket.off('data', receiveChunk).off('end', endToo);
    handshaking = true;
    stream = secureStream(socket, context, limits.patienceMs);
    stream.once('secure', () => (handshaking = false));
    listenTo(stream);
  }

  function logOutcome(message: LdapMessage, outcome: Outcome, milliseconds: number): void {
    const fields = {
      operation: message.request.kind,
      result: outcome.code,
      milliseconds: Math.round(milliseconds * 10) / 10,
      ...(outcome.entries === undefined ? {} : { entries: outcome.entries }),
    };
    if (outcome.error === undefined) log.debug('ldap-operation', fields);
    else log.error('ldap-operation-failed', { ...fields, error: outcome.error });
  }

  function receiveChunk(chunk: Buffer): void {
    framer.push(chunk);
    readMessages();
  }
  const endToo = () => stream.end();
  const giveUp = () => stream.destroy();
  function listenTo(source: Socket): void {
    source.on('data', receiveChunk).on('end', endToo).on('error', giveUp);
  }

  listenTo(socket);
  socket.on('close', () => {
    ending = true;
    queue.length = 0;
    clearTimeout(lateMessage);
    stream.destroy();
  });
  if (tls?.begin === 'at-once') secureFromHere(tls.context);

  return {
    stop() {
      stopping = true;
      queue.length = 0;
      if (current === undefined) disconnect('unavailable', 'server is stopping');
    },
  };
}
