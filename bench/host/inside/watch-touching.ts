import fs from 'node:fs';
import worker from 'node:worker_threads';
import { OUR_FILES } from './our-files.ts';

const READING = /^(read|open|stat|lstat|access|exists|createReadStream|watch|mkdir|write|opendir|cp|rename|rm)/;

/** Notes every file that the extension itself touches, apart from its own code, and every thread that it starts. */
export function watchTouching(note: (what: string) => void): void {
  const noteOurs = (what: string) => {
    if (OUR_FILES.test(new Error().stack ?? '') && !OUR_FILES.test(what)) note(what);
  };
  for (const name of Object.keys(fs).filter((name) => READING.test(name))) wrap(fs, name, noteOurs);
  for (const name of Object.keys(fs.promises).filter((name) => READING.test(name))) wrap(fs.promises, name, noteOurs);
  wrap(worker, 'Worker', noteOurs);
}

function wrap(of: object, name: string, note: (what: string) => void): void {
  const original = Reflect.get(of, name);
  if (typeof original !== 'function') return;
  const proxy = new Proxy(original, {
    apply(target, self, args) {
      note(`${name} ${String(args[0])}`);
      return Reflect.apply(target, self, args);
    },
    construct(target, args, as) {
      note(`new ${name}`);
      return Reflect.construct(target, args, as);
    },
  });
  Reflect.set(of, name, proxy);
}
