/** Waits until messages that have arrived were handled: a promise alone would not let them in. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') return void setImmediate(resolve);
    // Not setTimeout: browsers make it wait 4 ms each time. A message queues behind those that are there.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
