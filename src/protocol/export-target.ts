/** Everything that an exploration can be exported as: files by their format, and what goes to the clipboard. */
export const EXPORT_TARGETS = [
  'svg',
  'png',
  'html',
  'csv',
  'json',
  'npz',
  'safetensors',
  'pharaoh',
  'copyAsImage',
  'copyAsMarkdownTable',
  'copyWeights',
  'copyWeightsAsJson',
] as const;

export type ExportTarget = (typeof EXPORT_TARGETS)[number];
