/** True for text that is language rather than an identifier, a path or a number: words with spaces, or another script. */
export function isLanguage(text: string): boolean {
  return /[\p{L}\p{N}][.,;:!?…'’")]*\s+\S*\p{L}/u.test(text) || /[^\P{L}\p{Script=Latin}]/u.test(text);
}
