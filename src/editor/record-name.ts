import { shorten } from '../base/text.ts';
import type { ExplorationRecord } from '../session/history.ts';

/** What an exploration is called: by the person, else by its texts. */
export function recordName({
  name,
  source,
  target,
  written,
}: Pick<ExplorationRecord, 'name' | 'source' | 'target' | 'written'>) {
  return name ?? `${shorten(source.text, 28)} → ${shorten(target?.text ?? written ?? '', 28)}`;
}
