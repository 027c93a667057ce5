import { headWeights } from '../attention/head-trace.ts';
import type { WordAlignment } from '../contract/model-info.ts';
import type { TokenInfo } from '../contract/run.ts';
import type { TokenLink } from '../insight/alignment.ts';
import type { ForwardPass } from '../model/model.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import type { RunResult } from './run-result.ts';
import { boundOf, tokenizeSource, tokenizeTarget } from './run-tokens.ts';

/**
 * Source and target of a run, aligned in pieces the way that the model's config names (`attention_explorer.bestAlignment`,
 * see its card): one cross-attention head, read off the row that predicts a target piece or off the one that reads it.
 *
 * - geometricMeanAbove: the pair is run the other way round as well (a forward pass of its own), and pieces are linked
 *   where the geometric mean of both weights is above the threshold
 * - weightAbove: every weight above it
 * - neither, or the other way round can't be run: each target piece with the source piece of largest weight
 *
 * Special tokens are never linked.
 * @returns undefined where the model names no way; AbortError from `checkpoint`
 */
export async function modelLinks(
  run: RunResult,
  checkpoint: () => Promise<void>,
): Promise<readonly TokenLink[] | undefined> {
  const { summary, pass } = run;
  const way = summary.model.wordAlignment;
  if (way === undefined || pass.cross.length === 0) return undefined;
  const [sources, targets] = [content(summary.sourceTokens), content(summary.targetTokens)];
  const there = tableOf(pass, way, sources, targets);
  const back = way.geometricMeanAbove === undefined ? undefined : await tableBack(run, way, checkpoint);
  const links: TokenLink[] = [];
  targets.forEach((target, t) => {
    const row = there.data.subarray(t * there.cols, (t + 1) * there.cols);
    const most = Math.max(...row);
    sources.forEach((source, s) => {
      const linked =
        back !== undefined
          ? s < back.rows && t < back.cols && Math.sqrt(row[s] * back.data[s * back.cols + t]) > way.geometricMeanAbove!
          : way.weightAbove !== undefined
            ? row[s] > way.weightAbove
            : row[s] === most && row.indexOf(most) === s;
      if (linked) links.push({ source, target });
    });
  });
  return links;
}

/** Places of the tokens that are no special ones. */
function content(tokens: readonly TokenInfo[]): number[] {
  return tokens.flatMap(({ special }, i) => (special ? [] : [i]));
}

/** What the head gives each target piece of each source piece, [targets, sources]. */
function tableOf(
  pass: ForwardPass,
  { layer, head, row }: WordAlignment,
  sources: readonly number[],
  targets: readonly number[],
): Matrix {
  const weights = headWeights(pass.cross[layer], head);
  const table = matrix(targets.length, sources.length);
  targets.forEach((target, t) => {
    const at = row === 'reading' ? target + 1 : target;
    if (at >= weights.rows) return;
    sources.forEach((source, s) => {
      table.data[t * sources.length + s] = weights.data[at * weights.cols + source];
    });
  });
  return table;
}

/**
 * The table of the target translated back into the source, [sources, targets].
 * @returns undefined where the model has not exactly one other direction, or reads the texts as other pieces there
 */
async function tableBack(
  { summary, model }: RunResult,
  way: WordAlignment,
  checkpoint: () => Promise<void>,
): Promise<Matrix | undefined> {
  const others = model.info.directions.filter(({ token }) => token !== summary.direction);
  if (!model.tokenizer || others.length !== 1 || model.info.directions.length !== 2) return undefined;
  const bound = boundOf(model.info);
  const frame = model.languages.frame({ direction: others[0].token }, summary.target);
  const source = tokenizeSource(model.tokenizer, summary.target, bound, frame.source, true);
  const target = tokenizeTarget(model.tokenizer, summary.source, bound, model.endToken, frame.target, true);
  if (!same(source, summary.targetTokens) || !same(target, summary.sourceTokens)) return undefined;
  const ids = (tokens: readonly TokenInfo[]) => tokens.map(({ id }) => id);
  const pass = await model.forward(ids(source), [model.startToken, ...ids(target).slice(0, -1)], checkpoint);
  return tableOf(pass, way, content(source), content(target));
}

/** Whether both have the same pieces, special tokens aside, as far as both go: either may have been cut. */
function same(tokens: readonly TokenInfo[], others: readonly TokenInfo[]): boolean {
  const [a, b] = [tokens, others].map((list) => list.filter(({ special }) => !special).map(({ id }) => id));
  return a.every((id, i) => i >= b.length || id === b[i]);
}
