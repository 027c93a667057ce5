import * as v from 'valibot';
import { MOST_DRAWN } from '../contract/picture-request.ts';

const shortText = v.pipe(v.string(), v.maxLength(1000));

const bytes = v.pipe(
  v.instance(Uint8Array),
  v.check(({ byteLength }) => byteLength <= MOST_DRAWN, 'a picture that is not too large'),
);

const variables = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^--vscode-[\w-]{1,100}$/)), shortText),
  v.check((record) => Object.keys(record).length <= 500, 'variables that were asked for'),
);

/** What a page may answer to a DrawRequest. */
export const drawnSchema = v.variant('as', [
  v.strictObject({ as: v.literal('svg'), svg: v.pipe(v.string(), v.maxLength(MOST_DRAWN)) }),
  v.strictObject({ as: v.literal('png'), bytes }),
  v.strictObject({ as: v.literal('clipboard') }),
  v.strictObject({ as: v.literal('theme'), theme: v.strictObject({ bodyClass: shortText, variables }) }),
  v.strictObject({
    as: v.literal('failure'),
    failure: v.picklist(['empty', 'large', 'canvas', 'clipboard']),
    detail: shortText,
  }),
]);
