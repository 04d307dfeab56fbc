// Rewrites TF.js's WebAssembly program so that it tells of every allocation it makes, XNNPACK's own included: the two functions all
// malloc, posix_memalign and free calls end in are wrapped. Nothing else is touched, so results stay bit for bit the same.
import { ByteReader, ByteWriter } from './leb128';

/** Exported mutable globals the wrappers set before they call the notifying import. */
export const EVENT = 'overbatchEvent';
export const POINTER = 'overbatchPointer';
export const SIZE = 'overbatchSize';
export const ALLOCATED = 1;
export const FREED = 2;

/** () → i32, imported anyway, not otherwise called after start-up: it answers as ever while the event global is 0. */
const NOTIFY = 'emscripten_get_heap_max';

const SECTION = { import: 2, function: 3, global: 6, export: 7, code: 10 };
const I32 = 0x7f;
const [IF, END, CALL, DROP, LOCAL_GET, LOCAL_TEE, GLOBAL_SET, I32_CONST, EMPTY] = [0x04, 0x0b, 0x10, 0x1a, 0x20, 0x22, 0x24, 0x41, 0x40];

interface Section {
  id: number;
  bytes: Uint8Array;
}

function readSections(binary: Uint8Array): Section[] {
  const reader = new ByteReader(binary, 8);
  const sections: Section[] = [];
  while (!reader.done) sections.push({ id: reader.byte(), bytes: reader.bytes(reader.u32()) });
  return sections;
}

function unexpected(what: string): Error {
  return new Error(`The WebAssembly program is not the one this version knows (${what}).`);
}

function contents(sections: Section[], id: number): Uint8Array {
  const section = sections.find((s) => s.id === id);
  if (!section) throw unexpected(`no section ${id}`);
  return section.bytes;
}

/** Functions come first in the index space; all imports of this program are functions. */
function readImports(bytes: Uint8Array): { count: number; notify: number } {
  const reader = new ByteReader(bytes);
  const count = reader.u32();
  let notify = -1;
  for (let i = 0; i < count; i++) {
    reader.bytes(reader.u32());
    const name = new TextDecoder().decode(reader.bytes(reader.u32()));
    if (reader.byte() !== 0) throw unexpected(`${name} is imported and no function`);
    reader.u32();
    if (name === NOTIFY) notify = i;
  }
  if (notify < 0) throw unexpected(`${NOTIFY} is not imported`);
  return { count, notify };
}

function readExports(bytes: Uint8Array): Map<string, number> {
  const reader = new ByteReader(bytes);
  const found = new Map<string, number>();
  for (let left = reader.u32(); left > 0; left--) {
    const name = new TextDecoder().decode(reader.bytes(reader.u32()));
    const kind = reader.byte();
    const index = reader.u32();
    if (kind === 0) found.set(name, index);
  }
  return found;
}

function readVector<T>(bytes: Uint8Array, element: (reader: ByteReader) => T): T[] {
  const reader = new ByteReader(bytes);
  return Array.from({ length: reader.u32() }, () => element(reader));
}

/** malloc(n) is `allocate(8, n)` and free(p) is `release(p)`: what such a one-line function calls. */
function onlyCall(body: Uint8Array, arguments_: number[]): number {
  const expected = [0, ...arguments_, CALL];
  if (!expected.every((byte, i) => body[i] === byte)) throw unexpected('malloc or free does more than call one function');
  const reader = new ByteReader(body, expected.length);
  const target = reader.u32();
  if (reader.byte() !== END || !reader.done) throw unexpected('malloc or free does more than call one function');
  return target;
}

const code = (parts: (number | number[])[]): Uint8Array => Uint8Array.from(parts.flat());

export function countAllocations(binary: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections = readSections(binary);
  const imports = readImports(contents(sections, SECTION.import));
  const exported = readExports(contents(sections, SECTION.export));
  const types = readVector(contents(sections, SECTION.function), (r) => r.u32());
  const bodies = readVector(contents(sections, SECTION.code), (r) => r.bytes(r.u32()));
  const globals = new ByteReader(contents(sections, SECTION.global)).u32();

  const bodyOf = (name: string): Uint8Array => {
    const index = exported.get(name);
    if (index === undefined) throw unexpected(`${name} is not exported`);
    return bodies[index - imports.count];
  };
  const allocate = onlyCall(bodyOf('malloc'), [I32_CONST, 8, LOCAL_GET, 0]) - imports.count;
  const release = onlyCall(bodyOf('free'), [LOCAL_GET, 0]) - imports.count;

  // The originals move to the end of the index space; callers and function tables keep the old numbers, now the wrappers'.
  const moved = imports.count + bodies.length;
  const leb = (value: number): number[] => [...new ByteWriter().u32(value).take()];
  const set = (global: number, value: number[]): number[] => [...value, GLOBAL_SET, ...leb(globals + global)];
  const tell = (event: number): number[] => [
    ...set(0, [I32_CONST, event]),
    ...[CALL, ...leb(imports.notify), DROP],
    ...set(0, [I32_CONST, 0]),
  ];
  const wrappedAllocate = code([
    [1, 1, I32], // one local of ours: 2, after the two parameters
    [LOCAL_GET, 0, LOCAL_GET, 1, CALL, leb(moved), LOCAL_TEE, 2, IF, EMPTY].flat(),
    set(1, [LOCAL_GET, 2]),
    set(2, [LOCAL_GET, 1]),
    tell(ALLOCATED),
    [END, LOCAL_GET, 2, END],
  ]);
  const wrappedRelease = code([
    [0, LOCAL_GET, 0, IF, EMPTY],
    set(1, [LOCAL_GET, 0]),
    tell(FREED),
    [END, LOCAL_GET, 0, CALL, leb(moved + 1), END].flat(),
  ]);
  const added = [bodies[allocate], bodies[release]];
  const addedTypes = [types[allocate], types[release]];
  bodies[allocate] = wrappedAllocate;
  bodies[release] = wrappedRelease;

  const replaced = new Map<number, Uint8Array>([
    [SECTION.function, vector([...types, ...addedTypes].map((type) => code(leb(type))))],
    [SECTION.code, vector([...bodies, ...added].map(sized))],
    [
      SECTION.global,
      extended(
        contents(sections, SECTION.global),
        [EVENT, POINTER, SIZE].map(() => code([I32, 1, I32_CONST, 0, END])),
      ),
    ],
    [
      SECTION.export,
      extended(
        contents(sections, SECTION.export),
        [EVENT, POINTER, SIZE].map((name, i) => code([leb(name.length), [...new TextEncoder().encode(name)], 3, leb(globals + i)].flat())),
      ),
    ],
  ]);
  const writer = new ByteWriter().bytes(binary.subarray(0, 8));
  for (const { id, bytes } of sections) writer.byte(id).bytes(sized(replaced.get(id) ?? bytes));
  return writer.take();
}

const sized = (bytes: Uint8Array): Uint8Array => new ByteWriter().u32(bytes.length).bytes(bytes).take();

function vector(elements: Uint8Array[]): Uint8Array {
  const writer = new ByteWriter().u32(elements.length);
  for (const element of elements) writer.bytes(element);
  return writer.take();
}

/** A vector with elements added behind. */
function extended(bytes: Uint8Array, elements: Uint8Array[]): Uint8Array {
  const reader = new ByteReader(bytes);
  const count = reader.u32();
  const writer = new ByteWriter().u32(count + elements.length).bytes(reader.rest());
  for (const element of elements) writer.bytes(element);
  return writer.take();
}
