// The size and colours that pictures are stored with.
import * as v from 'valibot';

const side = v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(1024));

export const STORED_SIZE = { width: side, height: side, channels: v.picklist([1, 3]) };
