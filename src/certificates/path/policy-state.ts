/** The policy variables of RFC 5280, section 6.1.2, and how certificates change them. */
import type { Certificate } from '../certificate.ts';
import { anyPolicy } from '../extensions/policies.ts';
import { PolicyGraph } from './policy-graph.ts';
import type { Work } from './work.ts';

export interface PolicyInputs {
  /** The policies that the caller accepts; undefined or with anyPolicy: all. */
  readonly policies?: readonly string[] | undefined;
  /** Whether the path must be valid under one of them. */
  readonly explicitPolicy?: boolean | undefined;
  readonly inhibitMapping?: boolean | undefined;
  readonly inhibitAny?: boolean | undefined;
}

export class PolicyState {
  readonly #graph: PolicyGraph;
  readonly #accepted: readonly string[] | undefined;
  /** Certificates that may follow before the rule holds; 0: it does. */
  #explicit: number;
  #mapping: number;
  #any: number;

  /** `length` is that of the path, without the anchor. */
  constructor(length: number, inputs: PolicyInputs, work: Work) {
    const { policies, explicitPolicy, inhibitMapping, inhibitAny } = inputs;
    this.#graph = new PolicyGraph(work);
    this.#accepted = policies?.includes(anyPolicy) ? undefined : policies;
    this.#explicit = explicitPolicy ? 0 : length + 1;
    this.#mapping = inhibitMapping ? 0 : length + 1;
    this.#any = inhibitAny ? 0 : length + 1;
  }

  /** Section 6.1.3 (d) to (f), and for the leaf 6.1.5 (a) and (b); false when no policy is left and one is required. */
  take(
    { extensions }: Certificate,
    { isLeaf, isSelfIssued }: { readonly isLeaf: boolean; readonly isSelfIssued: boolean },
  ): boolean {
    this.#graph.assert(extensions.policies, this.#any > 0 || (isSelfIssued && !isLeaf));
    if (this.#explicit === 0 && this.#graph.isEmpty) return false;
    if (!isLeaf) return true;
    if (this.#explicit > 0) this.#explicit -= 1;
    if (extensions.policyConstraints?.requireExplicitPolicy === 0) this.#explicit = 0;
    return true;
  }

  /** Section 6.1.4 (a), (b) and (h) to (j); false when anyPolicy is mapped. */
  descend({ extensions }: Certificate, isSelfIssued: boolean): boolean {
    const { policyMappings = [], policyConstraints = {}, inhibitAnyPolicy } = extensions;
    const isAny = (oid: string) => oid === anyPolicy;
    if (policyMappings.some((each) => isAny(each.issuerDomain) || isAny(each.subjectDomain))) return false;
    this.#graph.map(policyMappings, this.#mapping > 0);
    if (!isSelfIssued) {
      this.#explicit = Math.max(0, this.#explicit - 1);
      this.#mapping = Math.max(0, this.#mapping - 1);
      this.#any = Math.max(0, this.#any - 1);
    }
    const { requireExplicitPolicy, inhibitPolicyMapping } = policyConstraints;
    this.#explicit = Math.min(this.#explicit, requireExplicitPolicy ?? Infinity);
    this.#mapping = Math.min(this.#mapping, inhibitPolicyMapping ?? Infinity);
    this.#any = Math.min(this.#any, inhibitAnyPolicy ?? Infinity);
    return true;
  }

  /** Section 6.1.5 (g): the policies that are valid and accepted; undefined when there are none and one is required. */
  finish(): readonly string[] | undefined {
    const valid = this.#graph.validPolicies();
    const policies = this.#acceptedOf(valid);
    return this.#explicit === 0 && policies.length === 0 ? undefined : policies;
  }

  #acceptedOf(valid: ReadonlySet<string>): readonly string[] {
    if (!this.#accepted) return [...valid];
    return valid.has(anyPolicy) ? [...this.#accepted] : this.#accepted.filter((oid) => valid.has(oid));
  }
}
