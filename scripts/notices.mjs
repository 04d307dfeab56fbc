// Writes THIRD-PARTY-NOTICES.md: the licence of every package and of all weights that a built app contains. Run after changing either.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
// Development dependencies whose code is bundled into the window.
const BUNDLED = ['svelte', 'chart.js', '@lucide/svelte', 'd3-scale', 'd3-shape'].filter((name) => name in own.devDependencies);

const tree = JSON.parse(
  execFileSync('npm', ['ls', '--all', '--json', '--long'], {
    cwd: root,
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).toString(),
);
const found = new Map();

function take(name, node) {
  if (!node.path || !existsSync(node.path)) return;
  // Met before it may have been without what it needs in turn: npm lists that once.
  found.set(`${name}@${node.version}`, node.path);
  for (const [child, childNode] of Object.entries(node.dependencies ?? {})) take(child, childNode);
}
/** Of these only what looks words up is bundled, and that needs nothing else. */
for (const name of ['wuchale', '@wuchale/svelte'])
  if (tree.dependencies[name]) take(name, { ...tree.dependencies[name], dependencies: {} });
for (const name of [...Object.keys(own.dependencies), ...BUNDLED]) if (tree.dependencies[name]) take(name, tree.dependencies[name]);

const sections = [...found]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([id, path]) => {
    const { license, licenses } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    const name = license?.type ?? license ?? licenses?.map((l) => l.type).join(', ') ?? 'see its text';
    const file = readdirSync(path).find((f) => /^licen[cs]e/i.test(f));
    const text = file ? readFileSync(join(path, file), 'utf8').trim() : 'No licence text is in the package.';
    // The Apache licence is the project's own and stands in LICENSE once.
    return `## ${id}\n\nLicence: ${name}\n\n${/Apache License\s+Version 2\.0/.test(text) ? 'The Apache License 2.0: see LICENSE.' : `\`\`\`\n${text}\n\`\`\``}\n`;
  });
const pretrained = join(root, 'resources/pretrained');
const weights = readdirSync(pretrained).map((name) => {
  const { source, licence } = JSON.parse(readFileSync(join(pretrained, name, 'weights.json'), 'utf8'));
  const text = readFileSync(join(pretrained, name, 'LICENSE'), 'utf8').trim();
  return `## Weights of ${name} (${source})\n\nLicence: ${licence}\n\n\`\`\`\n${text}\n\`\`\`\n`;
});
writeFileSync(
  join(root, 'THIRD-PARTY-NOTICES.md'),
  `# Third-party notices\n\nPackages inside a built Overbatch, ${found.size} of them, and weights. Written by scripts/notices.mjs.\n\n${[...sections, ...weights].join('\n')}`,
);
console.log(`${found.size} packages`);
