import * as v from 'valibot';
import { viewStateSchema } from '../../contract/view-state.ts';
import { parseWebviewMessage } from '../../messages/webview-messages.ts';
import type { ComparedState } from '../explorations/comparison.ts';

/** Checks what comes from a page; loaded with the first page, since schemas take longer to be made than all else at the start. */
export const fromPage = { message: parseWebviewMessage, sides: rememberedSides };

const sideSchema = v.object({
  id: v.string(),
  written: v.optional(v.boolean()),
  state: v.optional(viewStateSchema),
});

const pageSchema = v.object({ left: sideSchema, right: sideSchema });
const NONE: ComparedState = { id: '', state: undefined };

/** What the page of a comparison remembers of its two sides; nothing where it remembers something else. */
function rememberedSides(state: unknown): { readonly left: ComparedState; readonly right: ComparedState } {
  const { success, output } = v.safeParse(pageSchema, state);
  const side = (name: 'left' | 'right'): ComparedState =>
    success ? { ...output[name], state: output[name].state } : NONE;
  return { left: side('left'), right: side('right') };
}
