// What a file or folder is called until it is whole and gets its name.

export const unfinished = (path: string): string => `${path}.unfinished`;
