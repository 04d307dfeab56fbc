// The table of an axis: for each place of the result where its neighbours begin (32 bits), then their weights (16 bits each), in pairs.

export function start(place: usize): usize {
  return <usize>load<i32>(place);
}

export function weights(place: usize): usize {
  return place + 4;
}

/** From one place to the next. */
export function weightBytes(pairs: i32): usize {
  return 4 + ((<usize>pairs) << 2);
}
