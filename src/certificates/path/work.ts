/**
 * How much one question may cost. Counted, not timed, so that the same input gets the same answer everywhere. The numbers are far above what
 * honest certificates need, and together take well under a second.
 */
export interface WorkLimits {
  /** Signatures verified: up to 1.5 ms each with the largest key allowed. */
  readonly signatures: number;
  /** Certificates looked at while paths are searched. */
  readonly steps: number;
  /** Comparisons of a name with a constraint. */
  readonly nameComparisons: number;
  /** Policies and mappings taken into the policy graph. */
  readonly policies: number;
}

export const usualLimits: WorkLimits = {
  signatures: 200,
  steps: 2000,
  nameComparisons: 200_000,
  policies: 50_000,
};

export class WorkExceeded extends Error {
  readonly kind: keyof WorkLimits;

  constructor(kind: keyof WorkLimits) {
    super(`more ${kind} than are allowed`);
    this.name = 'WorkExceeded';
    this.kind = kind;
  }
}

export class Work {
  readonly #left: Record<keyof WorkLimits, number>;

  constructor(limits: WorkLimits = usualLimits) {
    this.#left = { ...limits };
  }

  /** Throws `WorkExceeded` when it is more than is left. */
  spend(kind: keyof WorkLimits, amount = 1): void {
    this.#left[kind] -= amount;
    if (this.#left[kind] < 0) throw new WorkExceeded(kind);
  }
}
