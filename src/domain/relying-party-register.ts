/** Port to the relying parties that programme officers keep, besides those of the configuration. In the records. */
/** A client secret, of which only the hash is kept. */
export interface KeptSecret {
  /** SHA-256, base64url: the secret is random and long, so that nothing slower is needed. */
  readonly hash: string;
  readonly createdAt: Date;
  /** Set on the one before when another is made: until then both are good. */
  readonly until?: Date;
}

export interface KeptRelyingParty {
  readonly clientId: string;
  /** Grows by one with every change. */
  readonly revision: number;
  /** A disabled one is no client any more: its requests and its tokens are refused. */
  readonly enabled: boolean;
  /** The registration as the schema of configured clients has it, without a secret. */
  readonly registration: Readonly<Record<string, unknown>>;
  /** Newest first. */
  readonly secrets: readonly KeptSecret[];
  readonly createdAt: Date;
  readonly changedAt: Date;
}

export type RelyingPartyChange = Partial<Pick<KeptRelyingParty, 'enabled' | 'registration' | 'secrets'>>;

/** Each call throws `store-unavailable` when nothing is known or stored. */
export interface RelyingPartyRegister {
  /** In the order of their ids. */
  listRelyingParties(): Promise<readonly KeptRelyingParty[]>;
  findRelyingParty(clientId: string): Promise<KeptRelyingParty | undefined>;
  /** Throws `not-unique` when there is one of that id. Its revision is 1. */
  addRelyingParty(
    party: Pick<KeptRelyingParty, 'clientId' | 'registration' | 'secrets'>,
    at: Date,
  ): Promise<void>;
  /** Throws `changed-meanwhile` unless it is there at `revision`. */
  changeRelyingParty(clientId: string, revision: number, change: RelyingPartyChange, at: Date): Promise<void>;
  /** Throws as above. */
  removeRelyingParty(clientId: string, revision: number): Promise<void>;
  /** Another number after every change, by whichever process. */
  readVersion(): Promise<number>;
}
