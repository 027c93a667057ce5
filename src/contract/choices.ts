/** Blocks along each side of a tile. At level l a block stands for 2^l × 2^l cells. */
export const TILE_SIZE = 256;

/**
 * score: q·k. weight: softmax, how much of each key a query takes. contribution: ‖weight × value‖, within the head.
 *
 * value: value-weighted attention, ‖w·v·W_O‖: the same after W_O, as the layer gets to see it. A key with a large weight
 * and a small value hardly counts, and this shows it; what the residual connection carries past the layer it does not.
 * Rows do not sum to 1. Source: Kobayashi et al. 2020, "Attention is Not Only a Weight".
 *
 * rollout: attention traced back through the layers to the tokens that went in; the weights of all heads are averaged,
 * whichever head is chosen. It knows nothing of values and feed-forward layers, and counts the residual connection as
 * one half everywhere. Rows sum to 1. Source: Abnar and Zuidema 2020, "Quantifying Attention Flow in Transformers".
 *
 * difference: B − A of a comparison, A in `before`. Made by the window; no engine computes it.
 *
 * "Attention is not an explanation" for any of them: Jain and Wallace 2019; Wiegreffe and Pinter 2019 answer.
 */
export type MatrixOf = 'score' | 'weight' | 'contribution' | 'value' | 'rollout' | 'difference';

/** Colour maps that a person may choose: the theme's own accent, or a perceptual one that is the same in every theme. */
export const COLOR_MAPS = ['theme', 'viridis', 'cividis', 'inferno', 'greys'] as const;

export type ColorMap = (typeof COLOR_MAPS)[number];

/** Everything that an exploration can be exported as: files by their format, and what goes to the clipboard. */
export const EXPORT_TARGETS = [
  'svg',
  'png',
  'html',
  'csv',
  'json',
  'npz',
  'safetensors',
  'pharaoh',
  'copyAsImage',
  'copyAsMarkdownTable',
  'copyWeights',
  'copyWeightsAsJson',
] as const;

export type ExportTarget = (typeof EXPORT_TARGETS)[number];

export type WorkerStage = 'read' | 'tokenize' | 'encode' | 'decode' | 'measure';

/** Buttons of the panel that the host carries out. */
export const PANEL_COMMANDS = [
  'runAgain',
  'runCut',
  'cancel',
  'swap',
  'explore',
  'openExample',
  'getStarted',
  'play',
  'measure',
  'cancelMeasure',
  'compareWith',
  'compareWithSelf',
  'compareWithModel',
  'modelDetails',
  'showLog',
] as const;
export type PanelCommand = (typeof PANEL_COMMANDS)[number];

/** The two sides of a comparison, A and B. */
export const SIDE_NAMES = ['left', 'right'] as const;
export type SideName = (typeof SIDE_NAMES)[number];

/** Where Q comes from and where K and V come from: cross = decoder over encoder; encoder, decoder = self-attention. */
export const KINDS = ['cross', 'encoder', 'decoder'] as const;

/** The three phases, under the one name that each has everywhere. */
export const PHASES = ['query', 'match', 'combine'] as const;

/** Rows and columns of the heatmap: whole words, or the model's own tokens. */
export const UNITS = ['words', 'pieces'] as const;

/** Special tokens (`</s>`, language tags): shown, dimmed, or left out with the rest of each row renormalized. */
export const SPECIAL_TOKENS = ['dim', 'show', 'hide'] as const;

/** Two pictures of the same numbers: cells, or lines between two columns of tokens. */
export const PICTURES = ['heatmap', 'lines'] as const;

/**
 * Which matrix: what the phase computes, the norm of what each key brings through W_O, or attention traced back through
 * all layers up to the chosen one. See `MatrixOf` for what each can and cannot tell.
 */
export const MATRICES = ['attention', 'value', 'rollout'] as const;

/**
 * Links drawn on the map: none, the strongest cell of each row, or words aligned the way that the model's card found
 * best, whatever layer and head are looked at.
 */
export const ALIGNMENTS = ['off', 'argmax', 'model'] as const;

/** Order of the heads in the overview: as they come, or those first that have most of a measure. */
export const HEAD_ORDERS = ['layer', 'sharpest', 'diagonal', 'sink'] as const;
