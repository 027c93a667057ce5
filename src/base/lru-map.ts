/**
 * A map that forgets what was not used for longest. `get` counts as a use, `peek` does not.
 * Its bound is a sum of sizes; by default every value has size 1, so that the bound is a number of values.
 */
export class LruMap<K, V> {
  private readonly values = new Map<K, V>();
  private sum = 0;

  /**
   * @param most sum of sizes that is kept; the value set last stays even when it alone is larger
   * @param sizeOf size of a value, the same whenever it is asked
   * @param onEvict is told of each value that is forgotten or replaced
   */
  constructor(
    private readonly most: number,
    private readonly sizeOf: (value: V) => number = () => 1,
    private readonly onEvict: (value: V, key: K) => void = () => undefined,
  ) {}

  get size(): number {
    return this.values.size;
  }

  /** Sum of the sizes of what is kept. */
  get total(): number {
    return this.sum;
  }

  peek(key: K): V | undefined {
    return this.values.get(key);
  }

  get(key: K): V | undefined {
    const value = this.values.get(key);
    if (value === undefined) return undefined;
    this.values.delete(key);
    this.values.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.delete(key);
    this.values.set(key, value);
    this.sum += this.sizeOf(value);
    for (const oldest of this.values.keys()) {
      if (this.sum <= this.most || oldest === key) break;
      this.delete(oldest);
    }
  }

  delete(key: K): boolean {
    const value = this.values.get(key);
    if (value === undefined) return false;
    this.values.delete(key);
    this.sum -= this.sizeOf(value);
    this.onEvict(value, key);
    return true;
  }

  clear(): void {
    for (const key of [...this.values.keys()]) this.delete(key);
  }

  keys(): IterableIterator<K> {
    return this.values.keys();
  }
}
