import { name, publisher } from '../package.json';

/** The extension's id; its publisher is for an owner to choose. */
export const EXTENSION_ID = `${publisher}.${name}`;
