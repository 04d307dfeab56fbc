// Where a native engine can run at all, in one sentence when it cannot.
import { packagedBinding } from './native-sources';

/** TensorFlow's wheels are built against this glibc (manylinux_2_27). */
const WHEEL_GLIBC: Version = [2, 27];

type Version = readonly [number, number];

interface ReportHeader {
  glibcVersionRuntime?: string;
}

/** Undefined on Linux x64 with a glibc that is new enough. @param least what the libraries need, or the binding where it was built elsewhere */
export function platformProblem(
  platform: string = process.platform,
  arch: string = process.arch,
  glibc = glibcVersion(),
  least: Version = packagedBinding()?.glibc ?? WHEEL_GLIBC,
): string | undefined {
  if (platform !== 'linux' || arch !== 'x64') {
    return `The TensorFlow engines exist for Linux on 64-bit Intel and AMD processors, and this is ${platform} ${arch}. Use the WebAssembly engine, which needs no installation.`;
  }
  if (glibc === '') {
    return 'The TensorFlow engines need a Linux with glibc, and this one has another C library. Use the WebAssembly engine.';
  }
  const [major, minor] = glibc.split('.').map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return undefined;
  return `The TensorFlow engines need glibc ${least.join('.')} or newer, and this system has ${glibc}. Update the system, or use the WebAssembly engine.`;
}

let known: string | undefined;

/** '' where there is none. Kept: the report takes milliseconds. */
function glibcVersion(): string {
  known ??= (process.report?.getReport() as { header?: ReportHeader } | undefined)?.header?.glibcVersionRuntime ?? '';
  return known;
}
