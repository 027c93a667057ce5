/** Blocks begin at multiples of it: a cache line. */
const ALIGN = 64;
const PAGE = 65536;
/** What every call uses, at the start: eight zeros, and for each thread scratch for a tile at the edge. */
export const ZEROS = 1024;
const EDGE = 2048;
const EDGE_BYTES = 128;
const FIRST = 4096;

/** Where a thread of the pool (0 is the one that hands out work) puts a tile at the edge. */
export function edgeOf(thread: number): number {
  return EDGE + thread * EDGE_BYTES;
}

/** Pages that the modules were compiled for: 2 GiB (scripts/kernels/compile-kernels.mjs). */
const MOST_PAGES = 32768;
/** Scratch of one call that is larger than this many bytes is given back after it. */
const KEPT_SCRATCH = 64 * 2 ** 20;

/**
 * Growing makes a new buffer of all of it, which engines take for as much new memory and clean up after: so it grows rarely, by
 * half of itself and so many bytes at most. Pages that are never touched are none of the machine's memory.
 */
const MOST_STEP = 64 * 2 ** 20;

interface Block {
  readonly at: number;
  readonly bytes: number;
}

/**
 * The memory that the kernels compute in: blocks that are kept (packed weights) and scratch that each call takes anew.
 * First fit, neighbours joined. It only grows, up to its limit; `undefined` says that there is no more.
 */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  /** Bytes that it may grow to. */
  readonly most: number;
  /** Free blocks by address, none beside another. */
  #free: Block[] = [];
  #end = FIRST;
  #scratch: Block = { at: 0, bytes: 0 };
  #held = 0;

  /** @param mostPages of 64 KiB; fewer than the modules' own limit for tests    @param shared with other threads */
  constructor(mostPages = MOST_PAGES, shared = false) {
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared });
    this.most = Math.min(mostPages, MOST_PAGES) * PAGE;
  }

  /** All of it. Growing makes earlier views useless: ask after the last `take` or `withScratch`. */
  floats(): Float32Array {
    return new Float32Array(this.memory.buffer);
  }

  /** Bytes that are taken, the scratch of calls included. */
  get used(): number {
    return this.#end - FIRST - this.#free.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** @returns the address of a block to keep until `release`, or undefined where there is no memory left */
  take(bytes: number): number | undefined {
    const size = Math.ceil(Math.max(bytes, 1) / ALIGN) * ALIGN;
    const index = this.#free.findIndex((block) => block.bytes >= size);
    if (index >= 0) {
      const { at, bytes: available } = this.#free[index];
      if (available === size) this.#free.splice(index, 1);
      else this.#free[index] = { at: at + size, bytes: available - size };
      return at;
    }
    const at = this.#end;
    if (!this.#reach(at + size)) return undefined;
    this.#end = at + size;
    return at;
  }

  /** Grows so that blocks of so many bytes find place, where there is that much memory; nothing is taken. */
  reserve(bytes: number): void {
    this.#reach(this.#end + bytes);
  }

  /** A block that others write to meanwhile: the memory does not grow until it is given back, so its bytes stay where they are. */
  hold(bytes: number): { readonly bytes: Uint8Array; giveBack(): void } | undefined {
    const at = this.take(bytes);
    if (at === undefined) return undefined;
    this.#held++;
    let given = false;
    return {
      bytes: new Uint8Array(this.memory.buffer, at, bytes),
      giveBack: () => {
        if (given) return;
        given = true;
        this.#held--;
        this.release(at, bytes);
      },
    };
  }

  /** Gives back what `take` gave. @param bytes as they were asked for */
  release(at: number, bytes: number): void {
    let block: Block = { at, bytes: Math.ceil(Math.max(bytes, 1) / ALIGN) * ALIGN };
    const index = this.#free.findIndex((one) => one.at > at);
    const next = index < 0 ? this.#free.length : index;
    const [before, after] = [this.#free[next - 1], this.#free[next]];
    let [from, count] = [next, 0];
    if (after !== undefined && block.at + block.bytes === after.at) {
      block = { at: block.at, bytes: block.bytes + after.bytes };
      count++;
    }
    if (before !== undefined && before.at + before.bytes === block.at) {
      block = { at: before.at, bytes: before.bytes + block.bytes };
      from--;
      count++;
    }
    if (block.at + block.bytes === this.#end) {
      this.#end = block.at;
      this.#free.splice(from, count);
    } else {
      this.#free.splice(from, count, block);
    }
  }

  /**
   * Scratch for one call: `work` gets its address, and nothing in it outlives the call.
   * @returns what `work` returns, or undefined where there is no memory left
   */
  withScratch<T>(bytes: number, work: (at: number) => T): T | undefined {
    if (this.#scratch.bytes < bytes) {
      this.#giveScratchBack();
      const at = this.take(bytes);
      if (at === undefined) return undefined;
      this.#scratch = { at, bytes };
    }
    const result = work(this.#scratch.at);
    if (this.#scratch.bytes > KEPT_SCRATCH) this.#giveScratchBack();
    return result;
  }

  #giveScratchBack(): void {
    if (this.#scratch.bytes > 0) this.release(this.#scratch.at, this.#scratch.bytes);
    this.#scratch = { at: 0, bytes: 0 };
  }

  #reach(end: number): boolean {
    if (end > this.most) return false;
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE);
    if (missing <= 0) return true;
    if (this.#held > 0) return false;
    return this.#grow(Math.max(missing, this.#ample(end))) || this.#grow(missing);
  }

  /** Pages to grow by so that the next few blocks find place too. */
  #ample(end: number): number {
    const wanted = Math.min(this.most, end + Math.min(MOST_STEP, end / 2));
    return Math.floor((wanted - this.memory.buffer.byteLength) / PAGE);
  }

  #grow(pages: number): boolean {
    try {
      this.memory.grow(pages);
      return true;
    } catch {
      return false; // The machine has no more.
    }
  }
}
