import { loadModel } from '../model/load-model.ts';
import type { ModelFiles } from '../model/model-files.ts';
import type { LoadModel } from './model-cache.ts';

/** How a worker loads a checkpoint, wherever its files come from. */
export function loadFrom(files: (folder: string) => ModelFiles): LoadModel {
  return (folder, progress, checkpoint) =>
    loadModel(files(folder), async (done) => {
      progress(done);
      await checkpoint();
    });
}
