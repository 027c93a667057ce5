import type { AttentionKind } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';

/** What stands in the rows (queries) and the columns (keys) of a kind of attention. */
export function columnNames(kind: AttentionKind): { readonly rows: string; readonly cols: string } {
  return {
    rows: kind === 'encoder' ? t('Queries: source') : t('Queries: target'),
    cols: kind === 'decoder' ? t('Keys: target so far') : t('Keys: source'),
  };
}
