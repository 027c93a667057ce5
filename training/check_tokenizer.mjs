// Compares the tokenizer of training/ with the npm package @huggingface/tokenizers on tokenizer.json.
//   /usr/bin/python3 training/tokenizer.py --corpus ../shared/data/en-zh --dump > training/.run/segments.jsonl
//   node training/check_tokenizer.mjs training/.run/segments.jsonl
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';

const folder = fileURLToPath(new URL('../models/en-zh', import.meta.url));
const read = (name) => JSON.parse(readFileSync(folder + name, "utf8"));
const tokenizer = new Tokenizer(read("tokenizer.json"), read("tokenizer_config.json"));
let lines = 0;
let different = 0;
for (const line of readFileSync(process.argv[2], "utf8").trim().split("\n")) {
  const { text, ids, decoded } = JSON.parse(line);
  const found = Array.from(tokenizer.encode(text).ids, Number);
  const back = tokenizer.decode(found, { skip_special_tokens: true }).trim();
  lines++;
  if (found.join() !== ids.join() || back !== decoded) {
    if (different++ < 10) console.log({ text, ids: ids.join(" "), found: found.join(" "), decoded, back });
  }
}

console.log(`${lines} lines, ${different} different`);
process.exitCode = different ? 1 : 0;
