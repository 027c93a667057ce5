// Stands in for the module `vscode` in unit tests, which call nothing of it.
export {};
