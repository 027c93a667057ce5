// Stand-in for VS Code's native watchdog, which is not compiled here: end this process when its parent is gone.
exports.start = (parent) => {
  const timer = setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch {
      clearInterval(timer);
      setTimeout(() => process.exit(87), 2000);
    }
  }, 1000);
  timer.unref();
};
