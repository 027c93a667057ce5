import type { MatrixOf } from '../../src/contract/choices.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';
import { count } from '../model/sizes.ts';
import type { Block } from '../tiles/blocks.ts';

/** A value as it is told. */
export function told(of: MatrixOf, value: number): string {
  // Of a long text each gets but little: two figures of it are told, not zero.
  if (value !== 0 && Math.abs(value) < 0.001 && of !== 'score') return value.toPrecision(2).replace('-', '−');
  return fixed(value, of === 'score' ? 2 : 3);
}

/** Rows or columns of a block, counted from 1: “2,049”, or “2,049–2,112”. @param size of all of them */
export function placesOf(from: number, block: number, size: number): string {
  const to = Math.min(size, from + block);
  return to - from <= 1 ? count(from + 1) : `${count(from + 1)}–${count(to)}`;
}

/** A cell or a block in words, for those who hear it. */
export function blockName(view: ExplorationView, block: Block | undefined, row: number, col: number): string {
  const query = view.rows[row]?.text ?? '';
  const key = view.cols[col]?.text ?? '';
  if (!block) return t('{0} → {1}: not computed yet', query, key);
  const { of } = view;
  const places = [placesOf(block.row, block.size, view.rows.length), placesOf(block.col, block.size, view.cols.length)];
  if (block.size === 1) {
    const value = Number.isNaN(block.max) ? t('masked') : told(of, block.max);
    return t('Row {0}, column {1}: {2} → {3}: {4}', ...places, query, key, value);
  }
  if (Number.isNaN(block.max)) return t('Rows {0}, columns {1}: masked', ...places);
  return t('Rows {0}, columns {1}: max {2}, mean {3}', ...places, told(of, block.max), told(of, block.mean));
}
