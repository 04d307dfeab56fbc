// Closes a switch over a union: a forgotten kind fails to compile, an unknown one at run time is named.
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
