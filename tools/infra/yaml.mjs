// yaml.mjs FILE… prints {file: {errors, value}}. Keys that are named twice are errors.
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';

function read(path) {
  const document = parseDocument(readFileSync(path, 'utf8'), { uniqueKeys: true, prettyErrors: true });
  const errors = [...document.errors, ...document.warnings].map(({ message }) => message);
  return { errors, value: errors.length ? null : document.toJS() };
}

console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map((path) => [path, read(path)]))));
