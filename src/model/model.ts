import type { AttentionChange, AttentionRecords } from '../attention/attention-record.ts';
import type { Direction, ModelInfo } from '../contract/model-info.ts';
import type { TokenInfo } from '../contract/run.ts';
import type { Matrix } from '../tensor/matrix.ts';

export interface GenerateOptions {
  /** 1 = greedy. */
  readonly beams: number;
  /** Most tokens, the start token counted. */
  readonly maxLength: number;
  /** Score of a finished text = log-probability / length^penalty; as the checkpoint says when left out. */
  readonly lengthPenalty?: number;
  /** No n tokens come twice in the same order; 0 = they may. As the checkpoint says when left out. */
  readonly noRepeatNgram?: number;
  /** Start token and the tokens forced after it; as the checkpoint says when left out (see languages/). */
  readonly startToken?: number;
  readonly forced?: readonly number[];
  /** 1 at positions of the source that nobody may attend to, [S]. */
  readonly padding?: Uint8Array;
}

/** Called between layers and steps; throws AbortError (DOMException) when the work was cancelled. */
export type Checkpoint = (done: number) => void | Promise<void>;

/** One forward pass: what attention did in each layer, and the states at the end. */
export interface ForwardPass extends AttentionRecords {
  /** [S, D] */
  readonly encoderOutput: Matrix;
  /** Decoder states that enter the output layer, [T, D]. */
  readonly decoderOutput: Matrix;
}

export interface EncodeOptions {
  /** 'target': cut as targets are, where the two sides have vocabularies of their own (Marian). */
  readonly side?: 'source' | 'target';
  /** Language tag put first (`>>cmn<<`), a special token. */
  readonly prefix?: string;
  /** Special tokens before and after the text, by name, in place of the tokenizer's own: language codes. */
  readonly around?: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Words put before the user's (T5's `translate English to German: `); their pieces count as special. */
  readonly task?: string;
}

/** What was chosen, by the tokens of ModelInfo; what is left out is as the folder says. */
export interface LanguageChoice {
  readonly direction?: string;
  readonly sourceLanguage?: string;
}

/** How the texts of a pair are put to the model. */
export interface Frame {
  readonly source: EncodeOptions;
  readonly target: EncodeOptions;
  /** Token that the decoder starts from, where it is not the checkpoint's own (mBART). */
  readonly startToken?: number;
  /** Tokens that the decoder writes first whatever it would rather: they are among the target's. */
  readonly forced?: readonly number[];
}

/** Languages, or tasks, that a checkpoint offers, and what choosing one changes. */
export interface Languages {
  /** Languages or tasks of the target. */
  readonly directions: readonly Direction[];
  /** Languages of the source, where the model has to be told. */
  readonly sources: readonly Direction[];
  /** @param source the text: words of a task that already stand there are not put there again */
  frame(choice: LanguageChoice, source: string): Frame;
}

const TARGET: EncodeOptions = { side: 'target' };

/** A checkpoint that has nothing to choose. */
export const NO_LANGUAGES: Languages = {
  directions: [],
  sources: [],
  frame: () => ({ source: {}, target: TARGET }),
};

/** What to do differently in an attention layer; undefined where it is to do as always. */
export type Intervention = (kind: 'encoder' | 'decoder' | 'cross', layer: number) => AttentionChange | undefined;

/** Positions that nobody may attend to: 1 where a sequence was filled up, [S] and [T]. */
export interface Padding {
  readonly source?: Uint8Array;
  readonly target?: Uint8Array;
}

export interface ForwardOptions {
  readonly intervention?: Intervention;
  /** What the encoder made of this source in an earlier pass, to be taken as it is: the intervention leaves it alone. */
  readonly encoded?: Pick<ForwardPass, 'encoder' | 'encoderOutput'>;
  readonly padding?: Padding;
}

/** Turns text into pieces that know where they stand in it, and back. */
export interface Tokenizer {
  readonly vocabulary: number;
  /** Special tokens by name. */
  readonly specials: ReadonlyMap<string, number>;
  /**
   * @param text as the user wrote it
   * @returns pieces in order, with the specials that the tokenizer adds (`</s>`)
   */
  encode(text: string, options?: EncodeOptions): TokenInfo[];
  /** Text of the ids, specials left out. */
  decode(ids: readonly number[], options?: Pick<EncodeOptions, 'side'>): string;
  /** Id of a piece or a special token, by its name in the files. */
  id(name: string): number | undefined;
  /** Text to show for one id. */
  label(id: number): { readonly text: string; readonly special: boolean };
}

/** A loaded checkpoint. */
export interface Model {
  readonly info: ModelInfo;
  readonly startToken: number;
  readonly endToken: number;
  /** undefined when the folder has no tokenizer (the fixtures): then only ids go in. */
  readonly tokenizer: Tokenizer | undefined;
  /** Languages that can be chosen, and what the choice changes. */
  readonly languages: Languages;
  /** Teacher forcing: `target` are the decoder's inputs, start token first. */
  forward(
    source: readonly number[] | Features,
    target: readonly number[],
    checkpoint?: Checkpoint,
    options?: ForwardOptions,
  ): Promise<ForwardPass>;
  /** Logits of the given decoder rows, [rows, V]. */
  logits(decoderOutput: Matrix): Matrix;
  /** @returns ids after the start token, the end token included when it was reached. */
  generate(source: readonly number[] | Features, options: GenerateOptions, checkpoint?: Checkpoint): Promise<number[]>;
}

/** Input that is not text: Whisper's log-mel frames [mel, frames], ViT's pixels [channels, height, width]. */
export interface Features {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
