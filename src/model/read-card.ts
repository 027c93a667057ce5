import type { ModelCard } from '../contract/model-info.ts';

/** Characters of a card that are read: its front matter and its title stand at the top. */
const MOST = 20_000;

const LANGUAGES = 40;

/**
 * What a model's card says of licence and languages: the lines `license:` and `language:` of its front matter, and
 * its first heading. Only these shapes of YAML are read; what is anything else is left out.
 * @param bytes README.md
 */
export function readCard(bytes: Uint8Array): ModelCard {
  const text = new TextDecoder().decode(bytes.subarray(0, MOST));
  const lines = text.split(/\r?\n/, 400);
  const end = lines[0]?.trim() === '---' ? lines.findIndex((line, i) => i > 0 && line.trim() === '---') : -1;
  const front = end > 0 ? lines.slice(1, end) : [];
  const heading = lines.slice(end + 1).find((line) => /^#\s+\S/.test(line));
  const license = values(front, 'license')[0];
  return {
    ...(heading === undefined ? {} : { title: heading.replace(/^#\s+/, '').trim().slice(0, 200) }),
    ...(license === undefined ? {} : { license }),
    languages: [...values(front, 'language'), ...values(front, 'languages')].slice(0, LANGUAGES),
  };
}

/** `key: a`, `key: [a, b]`, or `key:` with `- a` below it. */
function values(lines: readonly string[], key: string): string[] {
  const at = lines.findIndex((line) => line.startsWith(`${key}:`));
  if (at < 0) return [];
  const rest = lines[at].slice(key.length + 1).trim();
  if (rest !== '')
    return rest
      .replace(/^\[|\]$/g, '')
      .split(',')
      .map(plain)
      .filter(Boolean);
  const below = lines.slice(at + 1);
  const stop = below.findIndex((line) => !/^\s*-\s/.test(line));
  return (stop < 0 ? below : below.slice(0, stop)).map((line) => plain(line.replace(/^\s*-\s/, ''))).filter(Boolean);
}

const plain = (text: string): string =>
  text
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')
    .slice(0, 100);
