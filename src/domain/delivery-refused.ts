/** What the other side refused for good, or nobody can take: the outbox does not try it again. */
export class DeliveryRefused extends Error {
  /** Short, stable, without personal data: for the log and for operators. */
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.name = 'DeliveryRefused';
    this.code = code;
  }
}
