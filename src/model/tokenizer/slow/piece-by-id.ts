/** The other way round of a vocabulary, turned when it is first asked for; of pieces with the same id the last counts. */
export function pieceById(ids: ReadonlyMap<string, number>): (id: number) => string | undefined {
  let pieces: Map<number, string> | undefined;
  return (id) => {
    if (pieces === undefined) {
      pieces = new Map();
      for (const [piece, one] of ids) pieces.set(one, piece);
    }
    return pieces.get(id);
  };
}
