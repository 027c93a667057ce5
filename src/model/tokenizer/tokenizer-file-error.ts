import { ExplorerError } from '../../contract/error.ts';

/** @returns the failure to throw: which file, what is wrong with it, and one thing to do. */
export function tokenizerFileError(file: string, problem: string): ExplorerError {
  return new ExplorerError(
    'tokenizer-file',
    `The tokenizer ${file} cannot be used: ${problem}. Download the file again from where the model comes from.`,
    { file, problem },
  );
}
