/** Resident memory of this process, looked at every few milliseconds of its event loop. */
export function watchMemory(): { now(): number; stop(): number } {
  let peak = process.memoryUsage.rss();
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 5);
  return {
    now: () => process.memoryUsage.rss(),
    /** @returns the most, by the kernel's own count where that is more (it sees what comes and goes between two looks) */
    stop() {
      look();
      clearInterval(timer);
      return Math.max(peak, process.resourceUsage().maxRSS * 1024);
    },
  };
}

/** Waits until what started the process is over: idle is measured from here. */
export async function settled(): Promise<void> {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 100));
}
