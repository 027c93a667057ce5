import { ExplorerError, message, SIDE_WORDS } from '../contract/error.ts';
import type { Progress, RunRequest, TokenInfo } from '../contract/run.ts';
import type { Features, Model, Tokenizer } from '../model/model.ts';
import { mediaSource } from './media-source.ts';
import { scoreTarget } from './predictions.ts';
import { ALL_OFFERS, type RunResult } from './run-result.ts';
import { idTokenizer, type RunTokens, tokenizeRun } from './run-tokens.ts';

/** Tokens that a generated target may have for each source token, and at least. */
const LENGTH_RATIO = 3;
const LENGTH_LEAST = 32;
/** … and for a sound or a picture. */
const LENGTH_OF_MEDIA = 224;

/**
 * One exploration: pair → tokens → (target, where there is none) → forward pass with the target forced.
 * Texts that don't fit are refused before anything that grows with them is allocated.
 * @throws ExplorerError 'text-empty', 'text-too-long', 'tokenizer-file'; AbortError from `checkpoint`
 */
export async function run(
  model: Model,
  request: RunRequest,
  progress: Progress,
  checkpoint: () => Promise<void>,
): Promise<RunResult> {
  const { info } = model;
  const media = request.media && (await mediaSource(info, request.media, checkpoint));
  const tokenizer = media ? (model.tokenizer ?? idTokenizer(info.vocabulary, model.endToken)) : checked(model, request);
  const began = performance.now();
  progress(0, 'tokenize');
  const tokens = tokenizeRun(model, tokenizer, request, media);
  const source = media?.features ?? idsOf(tokens.sourceTokens);
  const tokenized = performance.now();
  const { target, targetTokens } =
    tokens.forced ?? (await written(model, tokenizer, tokens, source, request, progress, checkpoint));
  const start = startOf(tokenizer, tokens.frame.startToken ?? model.startToken);
  const decoderInput = targetTokens.length === 0 ? [] : [start, ...targetTokens.slice(0, -1)];

  const generated = performance.now();
  const { step, encodedAt } = forwardSteps(info, tokens.forced === undefined ? 0.9 : 0, progress, checkpoint);
  const pass = await model.forward(source, idsOf(decoderInput), step);
  const scored = await scoreTarget(model, pass.decoderOutput, idsOf(targetTokens), checkpoint);
  const ended = performance.now();
  progress(1, 'decode');
  const encode = Math.max(0, (encodedAt() ?? generated) - generated);
  return {
    summary: {
      runId: crypto.randomUUID(),
      model: info,
      offers: ALL_OFFERS,
      source: media?.text ?? request.source,
      ...(media ? { media: media.media } : {}),
      target,
      generated: tokens.forced === undefined,
      ...tokens.choice,
      sourceTokens: tokens.sourceTokens,
      targetTokens,
      decoderInput,
      scores: scored.scores,
      logProbability: scored.logProbability,
      milliseconds: { tokenize: tokenized - began, encode, decode: ended - tokenized - encode },
    },
    model,
    pass,
    features: media?.features,
    overviews: new Map(),
  };
}

function checked(model: Model, request: RunRequest): Tokenizer {
  for (const [side, text] of [
    ['source', request.source],
    ['target', request.target],
  ] as const) {
    if (text === undefined || text.trim() !== '') continue;
    throw new ExplorerError('text-empty', 'The {side} holds no text. Select some words and explore again.', {
      side: SIDE_WORDS[side],
    });
  }
  if (model.info.input) {
    const { name, input } = model.info;
    throw new ExplorerError(
      'input-kind',
      '{model} takes a {kind}, and a text was given. Use “Explore Sound or Picture…”, or another model for texts.',
      { model: name, kind: input.kind === 'sound' ? message('sound') : message('picture') },
    );
  }
  if (model.tokenizer) return model.tokenizer;
  const { folder } = model.info;
  throw new ExplorerError(
    'tokenizer-file',
    "{file} has no tokenizer that can be read, so text can't be. Put the model's tokenizer.json into the folder.",
    { file: folder },
  );
}

/** The target as the model writes it. Its ids become text, which is read again: offsets are those of the text shown. */
async function written(
  model: Model,
  tokenizer: Tokenizer,
  { frame, targetOf }: RunTokens,
  source: readonly number[] | Features,
  request: RunRequest,
  progress: Progress,
  checkpoint: () => Promise<void>,
) {
  const most = 'shape' in source ? LENGTH_OF_MEDIA : Math.max(LENGTH_LEAST, LENGTH_RATIO * source.length);
  const maxLength = Math.min(model.info.maxPositions ?? most, most);
  const { startToken, forced } = frame;
  const options = { beams: request.beams ?? 1, maxLength, startToken, forced };
  const ids = await model.generate(source, options, async (done) => {
    progress(0.9 * Math.max(0, Math.min(1, done)), 'decode');
    await checkpoint();
  });
  const target = tokenizer.decode(ids, { side: 'target' });
  return { target, targetTokens: targetOf(target) };
}

/**
 * The checkpoint is called before each layer and within long ones, encoder first: which tells the stage, and when the
 * encoder was done.
 * @param from what is already done: after generating, the pass that follows only finishes the bar
 */
function forwardSteps(
  { encoderLayers, decoderLayers }: Model['info'],
  from: number,
  progress: Progress,
  checkpoint: () => Promise<void>,
) {
  let encodedAt: number | undefined;
  const step = async (done: number) => {
    const encoding = done * (encoderLayers + decoderLayers) < encoderLayers - 1e-6;
    if (!encoding) encodedAt ??= performance.now();
    const stage = from === 0 && encoding ? 'encode' : 'decode';
    progress(from + (1 - from) * Math.max(0, Math.min(1, done)), stage);
    await checkpoint();
  };
  return { step, encodedAt: () => encodedAt };
}

/** The token that the decoder starts from: a word of its own, before the text. */
function startOf(tokenizer: Tokenizer, id: number): TokenInfo {
  const { text } = tokenizer.label(id);
  return { id, text, start: 0, end: 0, special: true, word: -1 };
}

function idsOf(tokens: readonly TokenInfo[]): number[] {
  return tokens.map((token) => token.id);
}
