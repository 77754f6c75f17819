/**
 * What the interface for programs can be asked to do: method, path, rule, and the schemas of what goes in and comes out. The
 * routes and the published document are made from the same table (accounts/operations.ts), and every entry states its
 * rule, so that a route without one cannot exist.
 */
import type { z } from 'zod';
import type { AccountId } from '#domain/account.ts';
import type { ClientActor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Deed } from '#domain/permission.ts';

/** `public` tells nothing of anybody. Everything else is a deed, with the OAuth scope of permission.ts. */
export type OperationRule = 'public' | { readonly deed: Deed };

export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below the prefix; `{id}` stands for an account's id. */
  readonly path: `/${string}`;
  readonly rule: OperationRule;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Whether it changes an account and must name the revision seen (If-Match). */
  readonly asSeen?: true;
  /** Whether it may carry an Idempotency-Key. */
  readonly repeatable?: true;
  readonly status: 200 | 201 | 204;
  readonly answer?: z.ZodType;
  /** Media type of the answer; default JSON. */
  readonly type?: string;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

export interface Call<Op extends Operation = Operation> {
  readonly actor: ClientActor;
  readonly context: AuditContext;
  /** What a change rests on that names nothing itself; of SCIM alone. */
  readonly standingWarrant?: { readonly form: string; readonly reason: string };
  /** Whether the caller still may what they might at the beginning. */
  readonly stillMay: () => Promise<boolean>;
  readonly query: Parsed<Op['query']>;
  readonly body: Parsed<Op['body']>;
  /** Whom the path names; only where it does. */
  readonly id: AccountId;
  /** What If-Match says; only where the operation asks for it. */
  readonly revision: number;
  readonly idempotencyKey?: string;
  /** What the path names, by the names in braces. */
  readonly params: Readonly<Record<string, string>>;
  /** A header of the request; empty where there is none. */
  header(name: string): string;
}

export interface Answer {
  /** Absent: 204, whatever status the operation has. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handlers<Operations extends Readonly<Record<string, Operation>>> = {
  readonly [Id in keyof Operations]: (call: Call<Operations[Id]>) => Promise<Answer>;
};
