import { html, type TemplateResult } from 'lit';
import type { ExportTarget } from '../../src/contract/choices.ts';
import { t } from '../base/l10n.ts';
import type { MenuItem } from '../controls/menu.ts';

/** The toolbar's way out of the window: files, and what goes to the clipboard. An ellipsis marks what asks further. */
export function exportMenu(exportAs: (target: ExportTarget) => void): TemplateResult {
  const item = (label: string, target: ExportTarget): MenuItem => ({ label, run: () => exportAs(target) });
  const groups: MenuItem[][] = [
    [
      item(t('Picture as SVG…'), 'svg'),
      item(t('Picture as PNG…'), 'png'),
      item(t('Whole exploration as HTML…'), 'html'),
    ],
    [
      item(t('Numbers as CSV…'), 'csv'),
      item(t('Numbers as JSON…'), 'json'),
      item(t('All heads as .npz (NumPy)…'), 'npz'),
      item(t('All heads as safetensors…'), 'safetensors'),
      item(t('Word alignment (Pharaoh)…'), 'pharaoh'),
    ],
    [
      item(t('Copy as image'), 'copyAsImage'),
      item(t('Copy as Markdown table'), 'copyAsMarkdownTable'),
      item(t('Copy weights'), 'copyWeights'),
      item(t('Copy weights as JSON'), 'copyWeightsAsJson'),
    ],
  ];
  return html`<ax-menu class="export" .name=${t('Export')} .icon=${'export'} .groups=${groups}></ax-menu>`;
}
