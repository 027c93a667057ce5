/** The extension's own code: what is loaded at its start, and in a folder beside it what is loaded when it is needed. */
export const OUR_FILES = /\bdist[\\/]extension([\\/][\w-]+)?\.cjs\b/;
