/** A picture: rows from the top, RGB, 8 bits each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** [height][width][3] */
  readonly pixels: Uint8Array;
}
