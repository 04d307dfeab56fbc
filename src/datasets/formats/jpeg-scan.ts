// Proves that the entropy-coded data of one scan are whole: every block is there, every code is one, every value can be (ITU-T T.81, annexes
// F and G). Decoders go on behind a damaged place, each with other pixels; a run would learn from them.
import { cutOff, damaged } from '../picture-error';
import type { EdgeBlocks } from './jpeg-edge';
import type { Component, Frame, Tables } from './jpeg-frame';
import { JpegBits, type HuffmanTable } from './jpeg-huffman';
import { limitsOf, type Limits } from './jpeg-limits';

interface Part extends Limits {
  component: Component;
  dc?: HuffmanTable;
  ac?: HuffmanTable;
  predicted: number;
}

interface Scan {
  frame: Frame;
  parts: Part[];
  /** First and last coefficient, and the bits of this scan: `high` is 0 for the first one of a coefficient. */
  first: number;
  last: number;
  high: number;
  low: number;
  bits: JpegBits;
  /** Blocks still to come that hold nothing new. */
  emptyBlocks: number;
}

/** `header`: of the scan; `at`: where its data begin. @returns where they are read up to. @throws PictureError truncated, unreadable */
export function proveScan(bytes: Buffer, at: number, header: Buffer, frame: Frame, tables: Tables): number {
  const scan = parseScan(new JpegBits(bytes, at), header, frame, tables);
  const { parts, bits } = scan;
  const [only] = parts;
  const [across, down] = parts.length === 1 ? [only.component.across, only.component.down] : [frame.across, frame.down];
  let [done, restarts] = [0, 0];
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      if (tables.restartInterval > 0 && done > 0 && done % tables.restartInterval === 0) {
        bits.restart(restarts++);
        scan.emptyBlocks = 0;
        for (const part of parts) part.predicted = 0;
      }
      const isLast = x === across - 1 || y === down - 1;
      if (parts.length === 1) block(scan, only, y * across + x, isLast ? only.component.edge?.at(x, y) : undefined);
      else for (const part of parts) unit(scan, part, isLast ? part.component.edge : undefined, x, y);
      if (bits.isUsedUp()) throw cutOff();
      done++;
    }
  }
  return bits.at;
}

function parseScan(bits: JpegBits, header: Buffer, frame: Frame, tables: Tables): Scan {
  const count = header[0];
  if (header.length !== 4 + 2 * count || count < 1 || count > frame.components.length) throw damaged('a part of it has no header');
  const [first, last, approximation] = header.subarray(1 + 2 * count);
  const [high, low] = [approximation >> 4, approximation & 15];
  const { progressive } = frame;
  const isPlain = first === 0 && last === 63 && high === 0 && low === 0;
  const isStep = first <= last && last < 64 && low < 14 && (first > 0 || last === 0) && (first === 0 || count === 1);
  if (progressive ? !isStep || (high > 0 && low !== high - 1) : !isPlain) throw damaged('a part of it makes no sense');
  const parts = Array.from({ length: count }, (_, i): Part => {
    const component = frame.components.find(({ id }) => id === header[1 + 2 * i]);
    const places = header[2 + 2 * i];
    const quantization = component && tables.quantization[component.quantization];
    if (!component || !quantization) throw damaged('a part of it makes no sense');
    if (component.edge) component.edge.quantization ??= quantization;
    const [dc, ac] = [tables.dc[places >> 4], tables.ac[places & 15]];
    if ((first === 0 && high === 0 && !dc) || (last > 0 && !ac)) throw damaged('its code tables are missing');
    const { limits, sizes, leastSize } = limitsOf(quantization, low);
    return { component, dc, ac, limits, sizes, leastSize, predicted: 0 };
  });
  if (new Set(parts.map(({ component }) => component)).size < count) throw damaged('a part of it makes no sense');
  const blocks = parts.reduce((sum, { component: { h, v } }) => sum + h * v, 0);
  if (count > 1 && blocks > 10) throw damaged('its header makes no sense');
  for (const { component } of parts) markKnown(component, first, last, high, low);
  if (progressive && last > 0) {
    const [{ component }] = parts;
    if (component.nonzero.length === 0) component.nonzero = new Uint32Array(2 * component.across * component.down);
  }
  return { frame, parts, first, last, high, low, bits, emptyBlocks: 0 };
}

/** A coefficient comes once, and then bit by bit. */
function markKnown({ known }: Component, first: number, last: number, high: number, low: number): void {
  for (let k = first; k <= last; k++) {
    if (high === 0 ? known[k] !== -1 : known[k] !== high) throw damaged('a part of it is there twice');
    known[k] = low;
  }
}

/** A component's blocks of one MCU. */
function unit(scan: Scan, part: Part, edge: EdgeBlocks | undefined, x: number, y: number): void {
  const { h, v } = part.component;
  for (let down = 0; down < v; down++)
    for (let across = 0; across < h; across++) block(scan, part, -1, edge?.at(h * x + across, v * y + down));
}

/** `kept`: where its coefficients go. */
function block(scan: Scan, part: Part, index: number, kept: Int16Array | undefined): void {
  const { frame, first, high, low, bits } = scan;
  if (!frame.progressive) {
    difference(scan, part, kept);
    return bits.coefficients(part.ac!, part, kept);
  }
  if (first > 0) return high === 0 ? spectral(scan, part, index, kept) : refine(scan, part, index, kept);
  if (high === 0) return difference(scan, part, kept);
  const bit = bits.bits(1);
  if (kept) kept[0] |= bit << low;
}

function difference({ bits, low }: Scan, part: Part, kept: Int16Array | undefined): void {
  part.predicted += bits.value(bits.symbol(part.dc!));
  if (Math.abs(part.predicted) > part.limits[0]) throw damaged('its values cannot be');
  if (kept) kept[0] = part.predicted << low;
}

function spectral(scan: Scan, { component, ac, limits }: Part, index: number, kept: Int16Array | undefined): void {
  if (scan.emptyBlocks > 0) return void scan.emptyBlocks--;
  const { bits, first, last, low } = scan;
  for (let k = first; k <= last; k++) {
    const symbol = bits.symbol(ac!);
    const [run, size] = [symbol >> 4, symbol & 15];
    if (size === 0) {
      if (run < 15) {
        scan.emptyBlocks = (1 << run) - 1 + bits.bits(run);
        return;
      }
      k += 15;
      continue;
    }
    k += run;
    if (k > last) throw damaged('its codes make no sense');
    const value = bits.value(size);
    if (Math.abs(value) > limits[k]) throw damaged('its values cannot be');
    if (kept) kept[k] = value << low;
    component.nonzero[2 * index + (k >> 5)] |= 1 << (k & 31);
  }
}

function refine(scan: Scan, { component: { nonzero }, ac }: Part, index: number, kept: Int16Array | undefined): void {
  const { bits, first, last, low } = scan;
  /** One more bit of a coefficient that is there. */
  const correct = (k: number): void => {
    if (bits.bits(1) && kept) kept[k] += Math.sign(kept[k]) << low;
  };
  let k = first;
  if (scan.emptyBlocks === 0) {
    for (; k <= last; k++) {
      const symbol = bits.symbol(ac!);
      const size = symbol & 15;
      let run = symbol >> 4;
      if (size > 1) throw damaged('its codes make no sense');
      if (size === 0 && run < 15) {
        scan.emptyBlocks = (1 << run) + bits.bits(run);
        break;
      }
      const value = size === 1 && bits.bits(1) === 0 ? -1 : 1;
      for (; k <= last; k++) {
        const isThere = (nonzero[2 * index + (k >> 5)] >>> (k & 31)) & 1;
        if (isThere) correct(k);
        else if (run-- === 0) break;
      }
      if (size === 1) {
        if (k > last) throw damaged('its codes make no sense');
        if (kept) kept[k] = value << low;
        nonzero[2 * index + (k >> 5)] |= 1 << (k & 31);
      }
    }
  }
  if (scan.emptyBlocks === 0) return;
  for (; k <= last; k++) if ((nonzero[2 * index + (k >> 5)] >>> (k & 31)) & 1) correct(k);
  scan.emptyBlocks--;
}
