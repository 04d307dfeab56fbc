// NVIDIA's libraries, needed by name from the binding itself: TensorFlow opens them later by bare name and, where it finds none, leaves the card out.
import { existsSync, readdirSync } from 'node:fs';

/** Those TensorFlow opens. Not libnvblas, which would take the place of the system's BLAS. */
export const CUDA_LIBRARIES = [
  'cudart',
  'cublas',
  'cublasLt',
  'cudnn',
  'cufft',
  'curand',
  'cusolver',
  'cusparse',
  'nccl',
  'nvJitLink',
  'nvrtc',
  'cupti',
];

/**
 * Linker flags that load each from where it was unpacked, once the binding is: a library already loaded answers to its bare name,
 * and from its own folder it finds its neighbours. `folder` has lib/, a link into the folder that also has nvidia/.
 */
export function cudaLinkFlags(folder: string): string[] {
  // Not path.join: lib is a link, and its parent is another folder than ours.
  const root = `${folder}/lib/../nvidia`;
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort()
    .flatMap((part) => {
      const names = librariesIn(`${root}/${part}/lib`);
      if (names.length === 0) return [];
      return [
        `-L${root}/${part}/lib`,
        `-Wl,-rpath,$ORIGIN/lib/../nvidia/${part}/lib`,
        '-Wl,--no-as-needed',
        ...names.map((name) => `-l:${name}`),
      ];
    });
}

function librariesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .filter((name) => CUDA_LIBRARIES.includes(/^lib(\w+)\.so\.\d+$/.exec(name)?.[1] ?? ''));
}
