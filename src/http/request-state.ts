import type { AuditContext } from '#domain/audit-store.ts';

export type Language = 'zh-TW' | 'en';

/** What the outer middlewares have found out about a request; every handler may rely on it. */
export interface RequestState {
  /** Random; shown on error pages, written to the log and the audit trail. */
  requestId: string;
  /** Network address of the browser, forwarded headers heeded from configured proxies alone. */
  address: string;
  language: Language;
  /** Route pattern for the log, e.g. `/interaction/:uid`: paths may hold identifiers. */
  route?: string;
  /** Of a request with a body. */
  bodyBound?: BodyBound;
}

/** How long the body may take (slow-senders.ts). */
export interface BodyBound {
  /** From now on as long as an upload may: for whom the form's token and the page have let in. */
  allowUpload(): void;
}

/** The part of an audit event that every request brings along. */
export function auditContextOf(
  state: RequestState,
  more: Omit<AuditContext, 'requestId' | 'address'>,
): AuditContext {
  return { requestId: state.requestId, address: state.address, ...more };
}
