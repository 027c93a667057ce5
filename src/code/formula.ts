import { isSize } from './argument-values.ts';
import type { Formula } from './finding.ts';
import { formulaTokens } from './formula-tokens.ts';
import { type FormulaNode, FormulaReader } from './formula-tree.ts';
import type { PythonValue, ResolveName } from './python-values.ts';

/** How far before and behind a place a formula is looked for, in UTF-16 units. */
const REACH = 600;
const WORD = /softmax/gi;
/** What dresses the word: \mathrm{, \operatorname{, torch.nn.functional. */
const DRESS = /(?:\\(?:[A-Za-z]+\*?\s*\{?\s*)?|(?:[A-Za-z_]\w{0,30}\.){1,4})$/;

/** softmax(Q·Kᵀ/√dₖ)·V, in TeX, Unicode, plain text or Python, around a place; undefined where there is none. */
export function formulaAt(text: string, offset: number, resolve: ResolveName = () => undefined): Formula | undefined {
  const from = Math.max(0, offset - REACH);
  const near = text.slice(from, offset + REACH);
  for (const { index } of near.matchAll(WORD)) {
    if (from + index > offset + 40) return undefined;
    if (/[\p{L}\p{N}_]/u.test(near[index - 1] ?? '')) continue;
    const found = formulaFrom(near.slice(index), resolve);
    if (!found) continue;
    const dress = DRESS.exec(near.slice(Math.max(0, index - 60), index))?.[0].length ?? 0;
    const span = { start: from + index - dress, end: from + index + found.length };
    if (span.start <= offset && offset <= span.end) return { kind: 'formula', span, ...found.parts };
  }
  return undefined;
}

/** @param text begins with the word softmax */
function formulaFrom(text: string, resolve: ResolveName) {
  const paragraph = /\n[ \t]*\n/.exec(text)?.index ?? text.length;
  const reader = new FormulaReader(formulaTokens(text.slice(0, paragraph)));
  const call = reader.factor();
  const inside = call?.kind === 'call' ? scoresOf(call.parts[0]) : undefined;
  if (!inside) return undefined;
  let length = reader.end;
  const next = reader.times();
  const applied = next !== undefined && isNamed(next, 'v');
  if (applied) length = reader.end;
  const { root, scaled, masked } = inside;
  return { length, parts: { scaled, masked, applied, headWidth: root && widthOf(root, resolve) } };
}

interface Scores {
  readonly scaled: boolean;
  readonly masked: boolean;
  /** What stands under the root. */
  readonly root: FormulaNode | undefined;
}

/** Reads Q·Kᵀ, whatever it is divided by or multiplied with, and whatever is added. */
function scoresOf(node: FormulaNode | undefined): Scores | undefined {
  switch (node?.kind) {
    case 'sum': {
      const found = node.terms.map(scoresOf).find((term) => term !== undefined);
      return found && { ...found, masked: true };
    }
    case 'quotient': {
      const found = scoresOf(node.of);
      return found && { ...found, scaled: true, root: found.root ?? underRoot(node.by) };
    }
    case 'product':
      return productScores(flat(node));
    default:
      return undefined;
  }
}

function productScores(factors: readonly FormulaNode[]): Scores | undefined {
  const query = factors.findIndex((factor) => isNamed(factor, 'q'));
  const key = factors.findIndex((factor) => factor.kind === 'transposed' && isNamed(factor.of, 'k'));
  const scores = factors.map((factor) => (factor.kind === 'product' ? undefined : scoresOf(factor)));
  const inner = scores.find((one) => one !== undefined);
  if (!inner && (query < 0 || key < 0)) return undefined;
  const rest = factors.filter((_, i) => (inner ? scores[i] !== inner : i !== query && i !== key));
  if (!rest.every(isScale)) return undefined;
  const root = rest.map(underRoot).find((found) => found !== undefined);
  return {
    scaled: rest.length > 0 || (inner?.scaled ?? false),
    masked: inner?.masked ?? false,
    root: inner?.root ?? root,
  };
}

/** Factors of a product within a product are its own: (Q·Kᵀ)·s. */
function flat(node: FormulaNode): FormulaNode[] {
  return node.kind === 'product' ? node.factors.flatMap(flat) : [node];
}

/** Q, Q_i, q, query, query_states, each dressed or not; so for k and v. */
function isNamed(node: FormulaNode, letter: 'q' | 'k' | 'v'): boolean {
  if (node.kind === 'transposed') return letter !== 'k' && isNamed(node.of, letter);
  if (node.kind !== 'name') return false;
  const words = { q: /^(?:q|query|queries)(?=_|\d|$)/i, k: /^(?:k|keys?)(?=_|\d|$)/i, v: /^(?:v|values?)(?=_|\d|$)/i };
  return words[letter].test(node.name);
}

function isScale(node: FormulaNode): boolean {
  if (node.kind === 'quotient') return isScale(node.of) || isScale(node.by);
  if (node.kind === 'name') return /scal|temp|norm|tau|alpha|beta|factor/i.test(node.name);
  return node.kind === 'number' || node.kind === 'root' || node.kind === 'power';
}

/** What √x, x ** 0.5, x ** −0.5 or 1/√x take the root of. */
function underRoot(node: FormulaNode): FormulaNode | undefined {
  if (node.kind === 'root' || node.kind === 'power') return node.of;
  return node.kind === 'quotient' ? underRoot(node.by) : undefined;
}

function widthOf(node: FormulaNode, resolve: ResolveName): number | undefined {
  const value: PythonValue | undefined =
    node.kind === 'number' ? node.value : node.kind === 'name' ? resolve(node.name) : undefined;
  return isSize(value) ? value : undefined;
}
