import { parseWebviewMessage } from '../../messages/webview-messages.ts';
import { rememberedSides } from '../../panel/remembered-sides.ts';

/** Checks what comes from a page; loaded with the first page, since schemas take longer to be made than all else at the start. */
export const fromPage = { message: parseWebviewMessage, sides: rememberedSides };
