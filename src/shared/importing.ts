// Where a version is written before it has its place.

/** Begins the name of such a folder. */
export const IMPORTING = 'importing-';
