import type { Clock } from '#domain/clock.ts';
import type { DatabaseSync } from 'node:sqlite';
import type { EntryName } from '../schema/naming.ts';
import type { Schema } from '../schema/schema.ts';
import type { EntryIndex } from '../search/entry-index.ts';
import type { EntryStore } from '../store/entry-store.ts';
import type { AttributeType } from '../schema/schema.ts';
import type { Entry } from '../store/entry.ts';
import type { AccessRule, Subject } from './access.ts';
import type { EntryControls } from './entry-controls.ts';
import type { PasswordVerifier } from './verify-password.ts';

export interface Identity {
  readonly dn: string;
  readonly key: string;
  readonly password: string;
  readonly rules: readonly AccessRule[];
}

export interface Limits {
  /** Entries of one search without paging, for identities that do not `manage` the whole base. */
  readonly sizeLimit: number;
  /** Seconds of one search. */
  readonly timeLimit: number;
}

/** What all operations of one server share. */
export interface Directory {
  readonly schema: Schema;
  readonly store: EntryStore;
  readonly index: EntryIndex;
  readonly database: DatabaseSync;
  readonly base: EntryName;
  readonly rootDse: Entry;
  readonly subschema: Entry;
  readonly identities: readonly Identity[];
  /** Whether people bind with their own passwords. */
  readonly bindsPeople: boolean;
  readonly uniqueAttributes: readonly AttributeType[];
  readonly verifier: PasswordVerifier;
  readonly limits: Limits;
  readonly clock: Clock;
}

/** What one operation knows of its connection. */
export interface OperationContext {
  readonly directory: Directory;
  readonly subject: Subject;
  readonly entryControls: EntryControls;
  /** Sends bytes to the client; resolves when there is room for more. */
  send(bytes: Buffer): Promise<void>;
  /** True once nobody waits for the answer: abandoned, or the connection is gone. */
  isAbandoned(): boolean;
}
