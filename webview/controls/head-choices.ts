import { t } from '../base/l10n.ts';

/** The choices of a select over layers or heads: 1 … count, and the mean. @param chosen 0-based or 'mean' */
export function headChoices(chosen: number | 'mean', count: number) {
  const choices = Array.from({ length: count }, (_, i) => ({ value: String(i), label: String(i + 1) }));
  return { value: String(chosen), choices: [...choices, { value: 'mean', label: t('Mean') }] };
}

export const headIndex = (value: string): number | 'mean' => (value === 'mean' ? 'mean' : Number(value));
