// Copies that the products read: pictures with a border, and filters in panels.

const PANEL = 8;

function copy(target: usize, source: usize, values: i32): void {
  let left = values;
  for (; left >= 4; left -= 4) {
    v128.store(target, v128.load(source));
    target += 16;
    source += 16;
  }
  for (; left > 0; left--) {
    store<f32>(target, load<f32>(source));
    target += 4;
    source += 4;
  }
}

function clear(target: usize, values: i32): void {
  let left = values;
  for (; left >= 4; left -= 4) {
    v128.store(target, f32x4.splat(0));
    target += 16;
  }
  for (; left > 0; left--) {
    store<f32>(target, 0);
    target += 4;
  }
}

/** Zeros. */
export function zeros(target: usize, values: i32): void {
  clear(target, values);
}

/**
 * source [height, width, channels] → target [newHeight, newWidth, channels], with zeros around it.
 * Of a negative border so many rows or columns are left out.
 */
export function frame(
  source: usize,
  height: i32,
  width: i32,
  channels: i32,
  target: usize,
  newHeight: i32,
  newWidth: i32,
  top: i32,
  left: i32,
): void {
  const line = width * channels;
  const newLine = newWidth * channels;
  const before = max(0, left) * channels;
  const skipped = max(0, -left) * channels;
  const copied = max(0, min(line - skipped, newLine - before));
  const after = newLine - before - copied;
  for (let y = 0; y < newHeight; y++) {
    const from = y - top;
    if (from < 0 || from >= height || copied == 0) clear(target, newLine);
    else {
      clear(target, before);
      copy(target + ((<usize>before) << 2), source + ((<usize>(from * line + skipped)) << 2), copied);
      clear(target + ((<usize>(before + copied)) << 2), after);
    }
    target += (<usize>newLine) << 2;
  }
}

/**
 * A filter in the order it is read: [⌈outputs / 8⌉][rows][columns][inputs][8], zeros where there is no output. Steps are in bytes and may be
 * negative: that is how a filter is turned.
 */
export function pack(
  source: usize,
  target: usize,
  rows: i32,
  rowStep: i32,
  columns: i32,
  columnStep: i32,
  inputs: i32,
  inputStep: i32,
  outputs: i32,
  outputStep: i32,
): void {
  for (let first = 0; first < outputs; first += PANEL) {
    const valid = min(PANEL, outputs - first);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        let from = source + y * rowStep + x * columnStep + first * outputStep;
        for (let k = 0; k < inputs; k++) {
          if (valid == PANEL && outputStep == 4) {
            v128.store(target, v128.load(from));
            v128.store(target, v128.load(from, 16), 16);
          } else {
            for (let o = 0; o < PANEL; o++) store<f32>(target + ((<usize>o) << 2), o < valid ? load<f32>(from + o * outputStep) : 0);
          }
          target += 32;
          from += inputStep;
        }
      }
    }
  }
}
