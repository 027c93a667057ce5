import type { Direction } from '../contract/model-info.ts';
import type { RunRequest, RunSummary, TokenInfo } from '../contract/run.ts';
import { boundOf, tokenizeSource, tokenizeTarget } from '../engine/tokenize-pair.ts';
import type { Frame, Model, Tokenizer } from '../model/model.ts';
import { sourceLanguage, targetDirection } from '../pair/text-language.ts';
import type { MediaSource } from './media-source.ts';

/** The texts of a run as the model reads them. */
export interface RunTokens {
  readonly choice: Pick<RunSummary, 'direction' | 'sourceLanguage'>;
  readonly frame: Frame;
  readonly sourceTokens: readonly TokenInfo[];
  /** The target, where there is one already; else the model writes it. */
  readonly forced: { readonly target: string; readonly targetTokens: readonly TokenInfo[] } | undefined;
  /** Tokens of a target that was written, cut to what fits. */
  readonly targetOf: (text: string) => readonly TokenInfo[];
}

/**
 * Languages, then tokens. A model without an encoder reads source and target as one text, the target going on where the
 * source ends; one without a decoder reads the source alone.
 * @param media the source, where it is a sound or a picture
 * @throws ExplorerError 'text-too-long', 'tokenizer-mismatch'
 */
export function tokenizeRun(
  model: Model,
  tokenizer: Tokenizer,
  request: RunRequest,
  media: MediaSource | undefined,
): RunTokens {
  const { info } = model;
  const bound = boundOf(info, request.tokenLimit);
  // What another model was told may be remembered: a language that this one does not have counts as none chosen.
  const known = (languages: readonly Direction[] | undefined, token: string | undefined) =>
    token === '' || languages?.some((language) => language.token === token) ? token : undefined;
  const direction = known(info.directions, request.direction) ?? targetDirection(info, request.source, request.target);
  const from = known(info.sources, request.sourceLanguage) ?? sourceLanguage(info, request.source, direction);
  const choice = {
    direction: direction || undefined,
    ...(from === undefined || info.sources === undefined ? {} : { sourceLanguage: from }),
  };
  const frame = model.languages.frame({ direction, sourceLanguage: from }, request.source);
  const sourceTokens = media?.tokens ?? tokenizeSource(tokenizer, request.source, bound, frame.source, request.cut);
  // Without an encoder nothing ends a text but the text itself.
  const end = info.encoderLayers === 0 ? -1 : model.endToken;
  const read = (text: string, cut: boolean | undefined) => ({
    target: text,
    targetTokens: tokenizeTarget(tokenizer, text, bound, end, frame.target, cut),
  });
  const { target } = request;
  const forced =
    info.decoderLayers === 0
      ? { target: '', targetTokens: [] }
      : info.encoderLayers === 0
        ? read(joined(request.source, target), request.cut)
        : target === undefined
          ? undefined
          : read(target, request.cut);
  return { choice, frame, sourceTokens, forced, targetOf: (text) => read(text, true).targetTokens };
}

/** Source and target as one text, with a space between words. */
function joined(source: string, target: string | undefined): string {
  if (target === undefined) return source;
  const space =
    /[\p{L}\p{N}\p{P}]$/u.test(source) && /^[\p{L}\p{N}]/u.test(target) && !/^[\p{Script=Han}]/u.test(target);
  return `${source}${space ? ' ' : ''}${target}`;
}
