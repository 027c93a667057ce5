/** A strict reader of RFC 4180: throws on anything that the grammar doesn't have. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      for (at++; ; at++) {
        if (at >= text.length) throw new Error('a quoted field does not end');
        if (text[at] !== '"') field += text[at];
        else if (text[at + 1] === '"') field += text[at++];
        else break;
      }
      at++;
    } else {
      while (at < text.length && !',\r\n"'.includes(text[at])) field += text[at++];
    }
    records.at(-1)!.push(field);
    if (text[at] === ',') at++;
    else if (text.startsWith('\r\n', at)) {
      at += 2;
      if (at < text.length) records.push([]);
    } else throw new Error(`unexpected ${JSON.stringify(text[at])} at ${at}`);
  }
  return records;
}
