// Runs in the real extension host in place of the test module, and leaves a file that says how the run ended:
// when the extension host dies, the workbench alone would still report success.
const fs = require('node:fs');

exports.run = async () => {
  const { VSCODE_SHIM_RESULT: result, VSCODE_SHIM_TESTS: tests } = process.env;
  try {
    const module = require(tests);
    const run = module.run ?? module.default?.run;
    if (typeof run !== 'function') throw new Error(`${tests} exports no run().`);
    await run();
    fs.writeFileSync(result, JSON.stringify({ ok: true }));
  } catch (error) {
    fs.writeFileSync(result, JSON.stringify({ ok: false, error: String(error?.stack ?? error) }));
    throw error;
  }
};
