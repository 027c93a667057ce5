import Papa from 'papaparse';

/** Reads CSV; throws on what Papa Parse calls an error, and on what it takes but RFC 4180 does not have. */
export function readCsv(text: string): string[][] {
  if (!text.endsWith('\r\n')) throw new Error('the last line does not end');
  const unquoted = text.replaceAll(/"(?:[^"]|"")*"/g, '');
  if (/"|\r(?!\n)|(?<!\r)\n/.test(unquoted)) throw new Error('a quote or a line break outside of a quoted field');
  const { data, errors } = Papa.parse<string[]>(text.slice(0, -2), { delimiter: ',', newline: '\r\n' });
  if (errors.length) throw new Error(JSON.stringify(errors));
  return data;
}
