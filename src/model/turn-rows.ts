type Values = Float32Array | Uint16Array;

/** Rows at a time: as many values lie side by side afterwards, and are written while their cache line is at hand. */
const SIDE = 16;

/**
 * Values from place `from` of a row-major [rows, cols] on, into [cols, rows]. They may begin and end within a row.
 * @param rows of the matrix as it is stored
 */
export function turnRows(values: Values, from: number, into: Values, rows: number): void {
  const cols = into.length / rows;
  const first = Math.min(values.length, (cols - (from % cols)) % cols);
  for (let i = 0; i < first; i++) put(i);
  let at = first;
  for (; values.length - at >= cols; ) {
    const count = Math.min(SIDE, Math.floor((values.length - at) / cols));
    const row = (from + at) / cols;
    for (let col = 0; col < cols; col++) {
      const to = col * rows + row;
      for (let r = 0; r < count; r++) into[to + r] = values[at + r * cols + col];
    }
    at += count * cols;
  }
  for (; at < values.length; at++) put(at);

  function put(i: number): void {
    const place = from + i;
    into[(place % cols) * rows + Math.floor(place / cols)] = values[i];
  }
}
