/** Twelve words and their translation: what issue 5 asks for. */
export const PAIR = 'The little boy wants to read a good book in the garden\t这个小男孩想在花园里读一本好书';
/** What stands around it where one types: a text of ordinary length. */
export const AROUND = Array.from(
  { length: 200 },
  (_, i) => `Line ${i} of a text like any other, about nothing at all.`,
);
