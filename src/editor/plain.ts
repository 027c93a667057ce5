/** Text of a person's as plain text in Markdown: nothing in it may become markup, an icon or a cell. */
export function plain(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|~<>&$:@]/g, (character) => `&#${character.codePointAt(0)};`)
    .replace(/\s+/g, ' ');
}
