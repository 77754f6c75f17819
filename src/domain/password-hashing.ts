/** Port to password hashing; hashes are PHC strings with the directory's scheme in front. */
export interface PasswordHashing {
  hash(password: string): Promise<string>;
  /** False for a hash of an unknown form, too. */
  verify(password: string, hash: string): Promise<boolean>;
}
