import type { ModelDetails } from '../contract/model-info.ts';
import type { ModelFiles } from '../model/checkpoint/checkpoint-files.ts';
import { loadModel } from '../model/loading/load-model.ts';
import { modelDetails } from '../model/loading/model-details.ts';
import type { LoadModel } from './model-cache.ts';

/** How a worker loads a checkpoint, wherever its files come from. */
export function loadFrom(files: (folder: string) => ModelFiles): LoadModel {
  return (folder, progress, checkpoint) =>
    loadModel(files(folder), async (done) => {
      progress(done);
      await checkpoint();
    });
}

/** How a worker looks through a folder, wherever its files come from. */
export function detailsFrom(files: (folder: string) => ModelFiles): (folder: string) => Promise<ModelDetails> {
  return (folder) => modelDetails(files(folder));
}
