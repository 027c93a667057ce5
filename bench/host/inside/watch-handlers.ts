import Module from 'node:module';
import { OUR_FILES } from './our-files.ts';
import type { Handled } from './watched-extension.ts';

type Load = (request: string, parent: { readonly filename?: string } | undefined, ...rest: unknown[]) => unknown;

let handled: Handled[] = [];

/**
 * Notes each call into the extension, which gets its `vscode` with every listener and provider timed; before it is loaded.
 * @returns what it asks to be loaded, as it does
 */
export function watchHandlers(into: Handled[]): readonly string[] {
  handled = into;
  const module = Module as unknown as { _load: Load };
  const load = module._load;
  const modules: string[] = [];
  let api: object | undefined;
  module._load = function (this: unknown, request, parent, ...rest) {
    const ours = parent?.filename !== undefined && OUR_FILES.test(parent.filename);
    if (ours && !request.startsWith('.')) modules.push(request);
    const loaded = load.call(this, request, parent, ...rest);
    if (!ours || request !== 'vscode') return loaded;
    api ??= timedApi(loaded as object);
    return api;
  };
  return modules;
}

function timedApi(api: object): object {
  const own = (name: string) => Reflect.get(api, name) as object;
  return derived(api, {
    workspace: timedEvents('workspace', own('workspace')),
    window: timedEvents('window', own('window')),
    languages: derived(own('languages'), {
      registerHoverProvider: (selector: unknown, provider: object) =>
        call(own('languages'), 'registerHoverProvider', selector, timedMethods(provider, ['provideHover'])),
      registerCodeLensProvider: (selector: unknown, provider: object) =>
        call(own('languages'), 'registerCodeLensProvider', selector, timedMethods(provider, ['provideCodeLenses'])),
    }),
  });
}

function timedEvents(name: string, part: object): object {
  const events = Object.keys(part).filter((key) => key.startsWith('onDid'));
  const timedEvent = (key: string) => (listener: (event: unknown) => unknown, self?: unknown, into?: unknown) =>
    call(part, key, timed(`${name}.${key}`, listener.bind(self)), undefined, into);
  return derived(part, Object.fromEntries(events.map((key) => [key, timedEvent(key)])));
}

function timedMethods(provider: object, names: readonly string[]): object {
  const methods = names.map((name) => {
    const method = Reflect.get(provider, name) as (...args: unknown[]) => unknown;
    return [name, timed(name, method.bind(provider))] as const;
  });
  return derived(provider, Object.fromEntries(methods));
}

function timed<A extends unknown[]>(name: string, work: (...args: A) => unknown) {
  return (...args: A) => {
    const began = performance.now();
    try {
      return work(...args);
    } finally {
      handled.push({ name, milliseconds: performance.now() - began });
    }
  };
}

/** The same object with some members in place of its own; getters are asked of the object itself. */
function derived(from: object, members: object): object {
  return new Proxy(Object.fromEntries(Object.keys(from).map((key) => [key, undefined])), {
    get: (_, key) => (Object.hasOwn(members, key) ? Reflect.get(members, key) : Reflect.get(from, key)),
  });
}

function call(of: object, name: string, ...args: unknown[]): unknown {
  return (Reflect.get(of, name) as (...args: unknown[]) => unknown).apply(of, args);
}
