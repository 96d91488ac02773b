// node tools/zip.mjs DIR FILE PROGRAM: everything in DIR as a zip, in which PROGRAM alone may be executed, whatever system this runs on.
// Equal folders make equal files: names are sorted and times left out.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflateRaw } from "node:zlib";

const [directory, file, program] = process.argv.slice(2);
const compress = promisify(deflateRaw);

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}

// The fields that an entry's two headers share (APPNOTE.TXT 4.3.7 and 4.3.12): version 2.0, names in UTF-8, deflated, 1 January 1980.
function shared({ name, crc, deflated, size }) {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x0800, 2);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt16LE(0x21, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(deflated.length, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function centralHeader(entry, mode, offset) {
  const [start, end] = [Buffer.from("PK\x01\x02\x14\x03"), Buffer.alloc(14)]; // Made by Unix: the upper half of the attributes is a mode.
  end.writeUInt32LE((mode << 16) >>> 0, 6);
  end.writeUInt32LE(offset, 10);
  return Buffer.concat([start, shared(entry), end, entry.name]);
}

function endRecord(count, size, offset) {
  const record = Buffer.alloc(22);
  record.write("PK\x05\x06", "latin1");
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}

const names = readdirSync(directory, { recursive: true, withFileTypes: true })
  .filter((found) => found.isFile())
  .map((found) => join(found.parentPath ?? found.path, found.name).slice(join(directory, "/").length).replaceAll("\\", "/"))
  .sort();
if (!names.includes(program)) throw new Error(`${directory} has no ${program}.`);

const entries = await Promise.all(names.map(async (name) => {
  const bytes = readFileSync(join(directory, name));
  return { name: Buffer.from(name), crc: crc32(bytes), size: bytes.length, deflated: await compress(bytes) };
}));

const [parts, central] = [[], []];
let offset = 0;
for (const entry of entries) {
  central.push(centralHeader(entry, entry.name.toString() === program ? 0o100755 : 0o100644, offset));
  const header = Buffer.concat([Buffer.from("PK\x03\x04"), shared(entry), entry.name]);
  parts.push(header, entry.deflated);
  offset += header.length + entry.deflated.length;
}
const directoryBytes = Buffer.concat(central);
writeFileSync(file, Buffer.concat([...parts, directoryBytes, endRecord(entries.length, directoryBytes.length, offset)]));
