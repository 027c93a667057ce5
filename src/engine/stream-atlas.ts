import type { AtlasFacts, AtlasLineRequest, AtlasPlace, AtlasTile } from '../contract/tiles.ts';
import type { Atlas } from '../insight/tiles/tiled-matrix.ts';

/** Milliseconds between pictures of what is still being computed. */
const EVERY = 120;

/**
 * Computes an atlas and tells what becomes of the places in sight: those of the base and above as soon as every part of the
 * picture has something, and again as it fills in; finer ones once, exactly, right after that first picture.
 * @param checkpoint awaited every few milliseconds; throws AbortError when nobody looks any more
 * @returns the facts, when every row has been computed
 */
export async function streamAtlas(
  atlas: Atlas,
  places: readonly AtlasPlace[],
  post: (tile: AtlasTile) => void,
  checkpoint: () => Promise<void>,
  clock: () => number = () => performance.now(),
): Promise<AtlasFacts> {
  const sent = new Map<AtlasPlace, number>();
  const there = places.filter((place) => atlas.has(place));
  const coarse = there.filter(({ level }) => level >= atlas.base);
  const fine = there.filter(({ level }) => level < atlas.base);
  const tell = () => {
    for (const place of coarse) {
      const done = atlas.done(place);
      if (done <= (sent.get(place) ?? 0)) continue;
      sent.set(place, done);
      post(atlas.tile(place));
    }
  };
  let told = Number.NEGATIVE_INFINITY;
  for (;;) {
    await checkpoint();
    if (atlas.swept && (atlas.complete || clock() - told >= EVERY)) {
      tell();
      told = clock();
    }
    const place = atlas.swept ? fine.shift() : undefined;
    if (place !== undefined) post(await paced(atlas.fine(place), checkpoint));
    else if (atlas.complete) return atlas.facts();
    else atlas.advance();
  }
}

/** Weights of one row or column; empty where there is none of that number. */
export async function atlasLine(
  atlas: Atlas,
  { axis, index }: Pick<AtlasLineRequest, 'axis' | 'index'>,
  checkpoint: () => Promise<void>,
): Promise<Float32Array> {
  const count = axis === 'row' ? atlas.info.rows : atlas.info.cols;
  if (!Number.isInteger(index) || index < 0 || index >= count) return new Float32Array(0);
  return axis === 'row' ? atlas.row(index) : paced(atlas.column(index), checkpoint);
}

async function paced<T>(steps: Generator<undefined, T, undefined>, checkpoint: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await checkpoint();
  }
}
