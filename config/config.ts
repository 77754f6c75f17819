/** The configuration as the program gets it. */
import type { Authorities } from './read-certificates.ts';
import type { CatalogueConfig } from './read-catalogue.ts';
import type { ConfigValues } from './schema/config-schema.ts';

export interface Config extends Omit<
  ConfigValues,
  'dataFolder' | 'hosts' | 'rulesOfUse' | 'privacy' | 'catalogue' | 'certificates'
> {
  /** Absolute. */
  readonly dataFolder: string;
  /** Every Host header that is answered, the issuer's first. */
  readonly hosts: readonly string[];
  readonly rulesOfUse: TextConfig;
  readonly privacy: TextConfig;
  /** What is loaded into the directory where it is missing. */
  readonly catalogue: CatalogueConfig;
  /** Undefined: there are no logins by certificate. */
  readonly certificates?: CertificatesConfig | undefined;
}

/** Authorities read from the named files; the folder is absolute. */
export type CertificatesConfig = Omit<
  NonNullable<ConfigValues['certificates']>,
  'anchors' | 'intermediates' | 'folder'
> &
  Authorities & { readonly folder: string };

export interface TextConfig {
  readonly version: string;
  /** Text in Traditional Chinese; paragraphs separated by empty lines. */
  readonly zh: string;
  readonly en: string;
}

export type BrandConfig = Config['brand'];
export type ListenConfig = Config['listen'];
export type DirectoryConfig = Config['directory'];
export type KeysConfig = Config['keys'];
export type MailConfig = Config['mail'];
export type LoginConfig = Config['login'];
export type PasswordConfig = Config['password'];
export type SessionConfig = Config['session'];
export type AssuranceConfig = Config['assurance'];
export type TokensConfig = Config['tokens'];
export type ClientConfig = Config['clients'][number];
export type OutgoingConfig = Config['outgoing'];
export type LogConfig = Config['log'];
export type AuditConfig = Config['audit'];
