import type { Matrix } from '../tensor/matrix.ts';

/**
 * A matrix that is computed again when it is read after memory was needed for something else: its size is known without.
 * Who reads it often keeps `data`, or what is needed of it.
 */
export class LazyMatrix implements Matrix {
  #kept: WeakRef<Float32Array> | undefined;

  /** @param compute [rows, cols], the same numbers each time */
  constructor(
    readonly rows: number,
    readonly cols: number,
    private readonly compute: () => Matrix,
  ) {}

  get data(): Float32Array {
    const kept = this.#kept?.deref();
    if (kept !== undefined) return kept;
    const { data } = this.compute();
    this.#kept = new WeakRef(data);
    return data;
  }
}
