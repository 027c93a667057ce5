/**
 * The rungs of the ladder that bench/long measured, as the chart draws them.
 * @returns [{length, first, whole: milliseconds, memory: MB above the idle process}], by length; none where nothing was measured
 */
export function ladderOf(result) {
  return (result?.ladder ?? [])
    .map(({ length, firstPicture, wholeBase, megabytesAboveIdle }) => ({
      length,
      first: firstPicture,
      whole: wholeBase,
      memory: megabytesAboveIdle,
    }))
    .sort((a, b) => a.length - b.length);
}
