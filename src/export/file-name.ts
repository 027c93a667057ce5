import type { ExportTarget } from '../contract/choices.ts';
import type { RunSummary } from '../contract/run.ts';
import type { ExplorationView } from '../contract/view.ts';

/** Letters of the source that a name begins with. */
const LETTERS = 28;

/** What comes after the dot, for targets that are files. */
export const EXTENSIONS: Readonly<Partial<Record<ExportTarget, string>>> = {
  svg: 'svg',
  png: 'png',
  html: 'html',
  csv: 'csv',
  json: 'attention.json',
  npz: 'npz',
  safetensors: 'safetensors',
  pharaoh: 'pharaoh.txt',
};

/**
 * A name that says what is in the file: the source's first words, and what of the exploration is seen. It is a name in
 * every file system: letters, digits and hyphens alone.
 */
export function fileName(target: ExportTarget, run: RunSummary, { state, of }: ExplorationView): string {
  const words = run.source.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let source = '';
  for (const word of words) {
    const longer = source === '' ? [...word].slice(0, LETTERS).join('') : `${source}-${word}`;
    if ([...longer].length > LETTERS) break;
    source = longer;
  }
  const layer = state.layer === 'mean' ? 'Lmean' : `L${state.layer + 1}`;
  const head = state.head === 'mean' ? 'Hmean' : `H${state.head + 1}`;
  // The whole run is in these, not only the head that is seen.
  const whole = target === 'html' || target === 'npz' || target === 'safetensors';
  const seen = whole ? [] : [state.kind, layer, head, ...(target === 'pharaoh' ? [] : [of])];
  return `${['attention', source, ...seen].filter((part) => part !== '').join('-')}.${EXTENSIONS[target]}`;
}
