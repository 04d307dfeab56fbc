// Which files of which packages the built programs load: a tenth of what npm installs for them.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';
import { packagingTool } from './tools.mjs';

const PROGRAMS = ['index', 'trainer', 'importer', 'keeper', 'sample-worker'].map((name) => `out/main/${name}.js`);
const PLATFORM = `${process.platform}-${process.arch}`;

/** Programs whose name is put together at run time, which no tracer can follow. */
const BY_NAME = [
  '@tensorflow/tfjs-node/dist/register_all_kernels.js',
  '@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js',
  '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js',
];

/** What they read beside. */
const READ = ['@tensorflow/tfjs-backend-wasm/package.json', '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'];

const STORE = { programs: ['better-sqlite3/lib/index.js'], read: [`better-sqlite3/prebuilds/${PLATFORM}.node`] };
/** Where better-sqlite3 cannot be loaded (src/store/driver.ts). */
const DEVELOPMENT_STORE = {
  programs: ['libsql/index.js'],
  read: [`@libsql/${PLATFORM}-gnu/package.json`, `@libsql/${PLATFORM}-gnu/index.node`],
};

/** @param {{ isDevelopment: boolean }} electron @returns {Promise<string[]>} paths below the repository, in order */
export async function runtimeFiles({ isDevelopment }) {
  /** @type {{ nodeFileTrace(files: string[], options: object): Promise<{ fileList: Set<string> }> }} */
  const { nodeFileTrace } = packagingTool('@vercel/nft');
  const store = isDevelopment ? DEVELOPMENT_STORE : STORE;
  const chunks = (await readdir(join(root, 'out/main/chunks'))).map((name) => `out/main/chunks/${name}`);
  const programs = [...PROGRAMS, ...chunks, ...[...BY_NAME, ...store.programs].map(inPackages)];
  const { fileList } = await nodeFileTrace(
    programs.map((name) => join(root, name)),
    { base: root, ignore: ['node_modules/electron/**', 'node_modules/better-sqlite3/prebuilds/**'] },
  );
  const traced = [...fileList].filter((file) => file.startsWith('out/main/') || file.startsWith('node_modules/'));
  return [...new Set([...traced, ...[...READ, ...store.read].map(inPackages)])].sort();
}

/** @param {string} name */
const inPackages = (name) => `node_modules/${name}`;
