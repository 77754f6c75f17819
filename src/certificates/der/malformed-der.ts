/** Input that is not DER, or not what was expected there. `code` is stable and says nothing of the content. */
export class MalformedDer extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`malformed DER: ${code}`);
    this.name = 'MalformedDer';
    this.code = code;
  }
}
