// Where a native engine can run at all, in one sentence when it cannot.

/** TensorFlow's wheels are built against this glibc (manylinux_2_27). */
const GLIBC = [2, 27];

interface ReportHeader {
  glibcVersionRuntime?: string;
}

/** Undefined on Linux x64 with a glibc that is new enough. */
export function platformProblem(
  platform: string = process.platform,
  arch: string = process.arch,
  glibc = glibcVersion(),
): string | undefined {
  if (platform !== 'linux' || arch !== 'x64') {
    return `The TensorFlow engines exist for Linux on 64-bit Intel and AMD processors, and this is ${platform} ${arch}. Use the WebAssembly engine, which needs no installation.`;
  }
  if (glibc === '') {
    return 'The TensorFlow engines need a Linux with glibc, and this one has another C library. Use the WebAssembly engine.';
  }
  const [major, minor] = glibc.split('.').map(Number);
  if (major > GLIBC[0] || (major === GLIBC[0] && minor >= GLIBC[1])) return undefined;
  return `The TensorFlow engines need glibc ${GLIBC.join('.')} or newer, and this system has ${glibc}. Update the system, or use the WebAssembly engine.`;
}

let known: string | undefined;

/** '' where there is none. Kept: the report takes milliseconds. */
function glibcVersion(): string {
  known ??= (process.report?.getReport() as { header?: ReportHeader } | undefined)?.header?.glibcVersionRuntime ?? '';
  return known;
}
