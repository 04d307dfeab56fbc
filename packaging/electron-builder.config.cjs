// What goes into the installable application, for electron-builder.
const { electronDist, electronVersion } = JSON.parse(process.env.OVERBATCH_PACKAGE ?? '{}');
module.exports = {
  appId: 'org.overbatch.Overbatch',
  productName: 'Overbatch',
  directories: { output: 'dist', buildResources: 'packaging' },
  electronDist, electronVersion,
  npmRebuild: false, buildDependenciesFromSource: false, nodeGypRebuild: false,
  files: ['out/{main,preload,renderer}/**', 'package.json', '!**/*.{map,d.ts}'],
  asar: true,
  asarUnpack: ['**/*.node', '**/*.wasm', 'out/main/**'],
  extraResources: [{ from: 'resources/samples', to: 'samples' }, { from: 'resources/pretrained', to: 'pretrained' }, { from: 'native', to: 'native' }],
  linux: { target: ['dir'], category: 'Science', executableName: 'overbatch' },
  electronFuses: { runAsNode: false, enableCookieEncryption: true, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false, enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true },
};
