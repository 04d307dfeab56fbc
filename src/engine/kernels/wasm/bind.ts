// The functions of TF.js' WebAssembly program under the names its backend calls, as TF.js' own loader has them.

interface Program {
  cwrap<F>(name: string, result: string | null, parameters: string[]): F;
}

export interface TfjsFunctions {
  init(): void;
  initWithThreadsCount(count: number): void;
  getThreadsCount(): number;
  registerTensor(id: number, size: number, memoryOffset: number): void;
  disposeData(id: number): void;
  dispose(): void;
}

const NUMBER = 'number';

export const tfjsFunctions = (program: Program): TfjsFunctions => ({
  init: program.cwrap('init', null, []),
  initWithThreadsCount: program.cwrap('init_with_threads_count', null, [NUMBER]),
  getThreadsCount: program.cwrap('get_threads_count', NUMBER, []),
  registerTensor: program.cwrap('register_tensor', null, [NUMBER, NUMBER, NUMBER]),
  disposeData: program.cwrap('dispose_data', null, [NUMBER]),
  dispose: program.cwrap('dispose', null, []),
});
