// The driver's tool is asked as a program of the system: here one that answers what nvidia-smi answers.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { askCard } from '#main/ask-card';
import { temporaryFolder } from '#test/support/temporary-folder';

function tool(script: string): string {
  const path = join(temporaryFolder(), 'nvidia-smi');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

it('asks for the card and for who uses it', async () => {
  const path = tool(`case "$1" in
  --query-gpu=uuid,name,memory.total,memory.free) echo 'GPU-1, NVIDIA H200, 143771, 100000';;
  --query-compute-apps=gpu_uuid,process_name,used_memory) echo 'GPU-1, /usr/bin/python3, 43000';;
  *) exit 1;;
esac`);
  expect(await askCard(path)).toEqual({
    name: 'NVIDIA H200',
    totalBytes: 143771 * 2 ** 20,
    freeBytes: 100000 * 2 ** 20,
    users: [{ program: 'python3', bytes: 43000 * 2 ** 20 }],
  });
});

it('is silent where there is no driver, and where it fails', async () => {
  expect(await askCard(join(temporaryFolder(), 'nothing'))).toBeUndefined();
  expect(await askCard(tool('echo "NVIDIA-SMI has failed"; exit 9'))).toBeUndefined();
});
