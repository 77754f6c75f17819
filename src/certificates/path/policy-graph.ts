/**
 * The valid policies of a path (RFC 5280, section 6.1, as RFC 9618 has it: a graph in which each level holds a policy once, since
 * the tree grows exponentially with mappings). Levels go from the anchor down.
 */
import { anyPolicy, type CertificatePolicy, type PolicyMapping } from '../extensions/policies.ts';
import type { Work } from './work.ts';

interface Node {
  /** Policies of the level above that this one comes from; empty: from anyPolicy there, and so from itself at the anchor. */
  readonly parents: ReadonlySet<string>;
  isMapped: boolean;
}

interface Level {
  readonly nodes: Map<string, Node>;
  hasAny: boolean;
}

export class PolicyGraph {
  readonly #levels: Level[] = [{ nodes: new Map(), hasAny: true }];
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  /** Whether no policy is valid any more. */
  get isEmpty(): boolean {
    const { nodes, hasAny } = this.#last;
    return nodes.size === 0 && !hasAny;
  }

  get #last(): Level {
    const level = this.#levels.at(-1);
    if (!level) throw new Error('a policy graph has a level');
    return level;
  }

  /** Section 6.1.3 (d) and (e): what the next certificate asserts; undefined when it has no policies. */
  assert(policies: readonly CertificatePolicy[] | undefined, isAnyAllowed: boolean): void {
    const level = this.#last;
    this.#work.spend('policies', (policies?.length ?? 0) + level.nodes.size);
    const asserted = new Set(policies?.map(({ oid }) => oid));
    const isAny = isAnyAllowed && asserted.delete(anyPolicy);
    if (!isAny) for (const oid of level.nodes.keys()) if (!asserted.has(oid)) level.nodes.delete(oid);
    if (level.hasAny) {
      for (const oid of asserted) {
        if (oid !== anyPolicy && !level.nodes.has(oid)) level.nodes.set(oid, fromAny());
      }
    }
    level.hasAny &&= isAny;
  }

  /** Section 6.1.4 (b): the level below, to which mappings lead, or, where they are inhibited, those policies do not. */
  map(mappings: readonly PolicyMapping[], isAllowed: boolean): void {
    const level = this.#last;
    this.#work.spend('policies', mappings.length + level.nodes.size);
    if (isAllowed && level.hasAny) {
      for (const { issuerDomain } of mappings) {
        if (!level.nodes.has(issuerDomain)) level.nodes.set(issuerDomain, fromAny());
      }
    }
    const below = new Map<string, Set<string>>();
    const lead = (from: string, to: string) => {
      const parents = below.get(to);
      if (parents) parents.add(from);
      else below.set(to, new Set([from]));
    };
    for (const { issuerDomain, subjectDomain } of mappings) {
      const node = level.nodes.get(issuerDomain);
      if (!node) continue;
      node.isMapped = true;
      // Else it leads nowhere, and that is its end.
      if (isAllowed) lead(issuerDomain, subjectDomain);
    }
    for (const [oid, node] of level.nodes) if (!node.isMapped) lead(oid, oid);
    const nodes = new Map([...below].map(([oid, parents]) => [oid, { parents, isMapped: false }]));
    this.#levels.push({ nodes, hasAny: level.hasAny });
  }

  /** Section 6.1.5 (g): the valid policies in the anchor's domain, `anyPolicy` among them if any is valid. */
  validPolicies(): ReadonlySet<string> {
    const valid = new Set<string>(this.#last.hasAny ? [anyPolicy] : []);
    let reached = new Set(this.#last.nodes.keys());
    for (const { nodes } of this.#levels.toReversed()) {
      const above = new Set<string>();
      for (const oid of reached) {
        const parents = nodes.get(oid)?.parents;
        if (!parents) continue;
        if (parents.size === 0) valid.add(oid);
        for (const parent of parents) above.add(parent);
      }
      reached = above;
    }
    return valid;
  }
}

function fromAny(): Node {
  return { parents: new Set(), isMapped: false };
}
