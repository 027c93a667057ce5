import type { ModelPartName } from '../../src/contract/model-info.ts';
import { t } from '../base/l10n.ts';

/** A part of a model as a person reads it. */
export function partName(part: ModelPartName): string {
  return {
    embedding: t('Embeddings'),
    encoder: t('Encoder self-attention'),
    decoder: t('Decoder self-attention'),
    cross: t('Cross-attention'),
    feedForward: t('Feed-forward'),
    output: t('Output layer'),
    other: t('Other'),
  }[part];
}
