// Sums of products between windows of a picture and packed filters: convolutions, their input gradients and matrix products.

/** Values of one panel of a packed filter: two vectors. */
const PANEL = 8;
const PANEL_BYTES = 32;
const ALL_LANES = 4;

/** The first `count` values of a vector; the others would be in somebody else's memory. */
function storeFirst(target: usize, values: v128, count: i32): void {
  if (count >= ALL_LANES) {
    v128.store(target, values);
    return;
  }
  if (count >= 1) v128.store32_lane(target, values, 0);
  if (count >= 2) v128.store32_lane(target, values, 1, 4);
  if (count >= 3) v128.store32_lane(target, values, 2, 8);
}

function store(target: usize, low: v128, high: v128, outputs: i32): void {
  if (outputs >= PANEL) {
    v128.store(target, low);
    v128.store(target, high, 16);
    return;
  }
  storeFirst(target, low, outputs);
  storeFirst(target + 16, high, outputs - ALL_LANES);
}

/**
 * target[y, x, o] = bias[o] + Σ over the window's taps and their values of source · filter.
 * Steps are in bytes, from one place to the next. A run is what lies side by side in the source: `runLength` values.
 * @param panels the filter as `pack` leaves it: [⌈outputs / 8⌉][runs · runLength][8]
 * @param bias of `outputs` rounded up to whole panels, or 0 for none
 */
export function products(
  source: usize,
  rowStep: usize,
  columnStep: usize,
  runRows: i32,
  runRowStep: usize,
  runColumns: i32,
  runColumnStep: usize,
  runLength: i32,
  panels: usize,
  bias: usize,
  outputs: i32,
  target: usize,
  targetRowStep: usize,
  targetColumnStep: usize,
  height: i32,
  width: i32,
): void {
  const panelBytes: usize = <usize>(runRows * runColumns * runLength) * PANEL_BYTES;
  const places = height * width;
  for (let first = 0; first < outputs; first += PANEL) {
    const valid = outputs - first;
    let low: v128 = f32x4.splat(0);
    let high: v128 = f32x4.splat(0);
    if (bias != 0) {
      low = v128.load(bias + ((<usize>first) << 2));
      high = v128.load(bias + ((<usize>first) << 2), 16);
    }
    let fromRow = source;
    let toRow = target + ((<usize>first) << 2);
    let from = fromRow;
    let to = toRow;
    let x = 0;
    // Four places at a time; where fewer are left the last one is worked again, to the same values.
    for (let left = places; left > 0; left -= 4) {
      let from0 = from;
      const to0 = to;
      if (left > 1) {
        if (++x == width) {
          x = 0;
          from = fromRow += rowStep;
          to = toRow += targetRowStep;
        } else {
          from += columnStep;
          to += targetColumnStep;
        }
      }
      let from1 = from;
      const to1 = to;
      if (left > 2) {
        if (++x == width) {
          x = 0;
          from = fromRow += rowStep;
          to = toRow += targetRowStep;
        } else {
          from += columnStep;
          to += targetColumnStep;
        }
      }
      let from2 = from;
      const to2 = to;
      if (left > 3) {
        if (++x == width) {
          x = 0;
          from = fromRow += rowStep;
          to = toRow += targetRowStep;
        } else {
          from += columnStep;
          to += targetColumnStep;
        }
      }
      let from3 = from;
      const to3 = to;
      if (left > 4) {
        if (++x == width) {
          x = 0;
          from = fromRow += rowStep;
          to = toRow += targetRowStep;
        } else {
          from += columnStep;
          to += targetColumnStep;
        }
      }
      let low0 = low;
      let high0 = high;
      let low1 = low;
      let high1 = high;
      let low2 = low;
      let high2 = high;
      let low3 = low;
      let high3 = high;
      let filter = panels;
      for (let runRow = 0; runRow < runRows; runRow++) {
        for (let runColumn = 0; runColumn < runColumns; runColumn++) {
          const run = <usize>runRow * runRowStep + <usize>runColumn * runColumnStep;
          let a = from0 + run;
          let b = from1 + run;
          let c = from2 + run;
          let d = from3 + run;
          for (let k = runLength; k > 0; k--) {
            const lowFilter = v128.load(filter);
            const highFilter = v128.load(filter, 16);
            let value = v128.load_splat<f32>(a);
            low0 = f32x4.add(low0, f32x4.mul(value, lowFilter));
            high0 = f32x4.add(high0, f32x4.mul(value, highFilter));
            value = v128.load_splat<f32>(b);
            low1 = f32x4.add(low1, f32x4.mul(value, lowFilter));
            high1 = f32x4.add(high1, f32x4.mul(value, highFilter));
            value = v128.load_splat<f32>(c);
            low2 = f32x4.add(low2, f32x4.mul(value, lowFilter));
            high2 = f32x4.add(high2, f32x4.mul(value, highFilter));
            value = v128.load_splat<f32>(d);
            low3 = f32x4.add(low3, f32x4.mul(value, lowFilter));
            high3 = f32x4.add(high3, f32x4.mul(value, highFilter));
            a += 4;
            b += 4;
            c += 4;
            d += 4;
            filter += PANEL_BYTES;
          }
        }
      }
      store(to0, low0, high0, valid);
      store(to1, low1, high1, valid);
      store(to2, low2, high2, valid);
      store(to3, low3, high3, valid);
    }
    panels += panelBytes;
  }
}
