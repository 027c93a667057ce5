import * as v from 'valibot';
import type { Immutable } from './schema-parts.ts';

/** A light theme for print, or the one that the window has. */
export type PictureColors = 'seen' | 'print';

/** What the host asks of a panel's page: only there are letters measured, pictures rasterised and theme colours known. */
export interface DrawRequest {
  /** The picture as SVG or PNG, or on the clipboard; or the colours of the theme. */
  readonly as: 'svg' | 'png' | 'clipboard' | 'theme';
  readonly colors: PictureColors;
  /** Pixels of a PNG for each px of the picture. */
  readonly scale: number;
  /** Theme variables that are wanted, `--vscode-…`. */
  readonly names: readonly string[];
}

/** Characters of an SVG, and bytes of a PNG, that a page may send. */
export const MOST_DRAWN = 64 * 2 ** 20;

const shortText = v.pipe(v.string(), v.maxLength(1000));
const bytes = v.pipe(
  v.instance(Uint8Array),
  v.check(({ byteLength }) => byteLength <= MOST_DRAWN, 'a picture that is not too large'),
);

const variables = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^--vscode-[\w-]{1,100}$/)), shortText),
  v.check((record) => Object.keys(record).length <= 500, 'variables that were asked for'),
);

/** The theme of a page: what VS Code puts on its body, and the variables that were asked for. */
const themeSchema = v.strictObject({ bodyClass: shortText, variables });

/** empty: nothing is shown yet. large: more cells or pixels than a picture may have. */
const failureSchema = v.picklist(['empty', 'large', 'canvas', 'clipboard']);

/** What a page may answer to a DrawRequest. */
export const drawnSchema = v.variant('as', [
  v.strictObject({ as: v.literal('svg'), svg: v.pipe(v.string(), v.maxLength(MOST_DRAWN)) }),
  v.strictObject({ as: v.literal('png'), bytes }),
  v.strictObject({ as: v.literal('clipboard') }),
  v.strictObject({ as: v.literal('theme'), theme: themeSchema }),
  v.strictObject({
    as: v.literal('failure'),
    failure: failureSchema,
    detail: shortText,
  }),
]);

export type Drawn = Immutable<v.InferOutput<typeof drawnSchema>>;
export type DrawFailure = v.InferOutput<typeof failureSchema>;
export type PageTheme = Immutable<v.InferOutput<typeof themeSchema>>;
