// Where data may be moved to, and why not, in words.
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { answerTo } from '#store/keep';
import { lookAtFolder } from '#store/move/look-at-folder';
import { isOnNetwork } from '#store/move/network-folder';
import { makeUsedFolder } from '#test/support/moved-data';
import { CAN_MOUNT, smallDisk } from '#test/support/small-disk';
import { temporaryFolder } from '../../main/app';

function around() {
  const root = temporaryFolder();
  const user = makeUsedFolder(path.join(root, 'user'), { runs: 1 });
  const folder = (...names: string[]) => {
    const made = path.join(root, ...names);
    mkdirSync(made, { recursive: true });
    return made;
  };
  return { folder, look: (chosen: string) => lookAtFolder(chosen, { user, from: user }), root, user };
}

test('an empty folder is taken itself, another one gets a folder of its own in it', () => {
  const { folder, look } = around();
  const empty = folder('empty');
  expect(look(empty)).toMatchObject({ kind: 'free', to: empty });
  const full = folder('full', 'photos');
  const free = look(path.dirname(full));
  expect(free).toMatchObject({ kind: 'free', to: path.join(path.dirname(full), 'Overbatch') });
  // The bytes that two versions share are needed once.
  expect(free.kind === 'free' && free.neededBytes).toBeLessThan(5e6);
});

test('data that is there already is told of, here and in the folder it would go to', () => {
  const { folder, look, root } = around();
  const other = makeUsedFolder(path.join(root, 'other'), { runs: 1 });
  expect(look(other)).toEqual({ kind: 'holds-data', to: other });
  const inside = makeUsedFolder(path.join(folder('disk'), 'Overbatch'), { runs: 1 });
  expect(look(path.dirname(inside))).toEqual({ kind: 'holds-data', to: inside });
});

test('what cannot be is refused in a sentence', () => {
  const { folder, look, root, user } = around();
  const words = (chosen: string) => {
    const found = look(chosen);
    return found.kind === 'refused' ? found.problem.replaceAll(root, '') : found.kind;
  };
  expect(words(path.join(root, 'gone'))).toBe('There is no folder /gone. Choose another one.');
  expect(words(user)).toBe('/user is where your data lies now. Choose another folder.');
  expect(words(folder('user', 'runs', 'new'))).toBe('/user/runs/new lies in your data folder itself. Choose a folder outside of it.');
  const taken = folder('disk', 'Overbatch');
  writeFileSync(path.join(taken, 'letter.txt'), '');
  expect(words(path.dirname(taken))).toBe(
    '/disk/Overbatch is there already and holds something else. Choose another folder, or rename that one.',
  );
  const cut = folder('cut');
  writeFileSync(path.join(cut, '.overbatch-move'), '');
  expect(words(cut)).toBe('Data was being moved to /cut, and that was not finished. Choose another folder.');
});

test('a folder in the one of the app itself is refused once the data lies elsewhere, and the app’s own is not', () => {
  const { folder, root, user } = around();
  const far = makeUsedFolder(path.join(root, 'far'), { runs: 1 });
  const safe = folder('user', 'safe-mode');
  expect(lookAtFolder(safe, { user, from: far })).toEqual({
    kind: 'refused',
    problem: `${safe} lies in the folder that Overbatch keeps for itself. Choose a folder outside of it.`,
  });
  expect(lookAtFolder(user, { user, from: far })).toEqual({ kind: 'holds-data', to: user });
});

test('a folder of another computer is told by how it is mounted', () => {
  const mounts = '/dev/sda1 / ext4 rw 0 0\nserver:/home /mnt/my\\040home nfs4 rw 0 0\n/dev/sdb1 /mnt/my\\040home/stick vfat rw 0 0\n';
  expect(isOnNetwork('/mnt/my home/data', mounts, 'linux')).toBe('nfs4');
  expect(isOnNetwork('/mnt/my home/stick/data', mounts, 'linux')).toBeUndefined();
  expect(isOnNetwork('/mnt/my homework', mounts, 'linux')).toBeUndefined();
  expect(isOnNetwork('\\\\server\\share', '', 'win32')).toBe('a shared folder');
});

test.skipIf(!CAN_MOUNT)('on a disk that others fill, a move that was cut off does not go on before there is room for what is left', () => {
  const { folder: disk, leave, makeRoom } = smallDisk(64);
  const user = makeUsedFolder(path.join(temporaryFolder(), 'user'), { runs: 1, largeBytes: 12e6 });
  const to = path.join(disk, 'Overbatch');
  const move = { kind: 'move-data', to, user, history: path.join(user, 'overbatch.db') } as const;
  const answer = () => answerTo(move, () => {});
  leave(6e6);
  const problem =
    /^What is still to be copied needs 1\d\.\d MB and a little more, and 6\.\d\d MB are free in .*Overbatch\. Free some space/;
  expect(answer()).toMatchObject({ kind: 'failure', failure: { kind: 'bad-setting', problem: expect.stringMatching(problem) as string } });
  expect(existsSync(to)).toBe(false);
  // As it was cut off: most of it is there, and is not needed again.
  makeRoom();
  mkdirSync(to);
  cpSync(path.join(user, 'datasets'), path.join(to, 'datasets'), { recursive: true });
  writeFileSync(path.join(to, '.overbatch-move'), '');
  leave(400_000);
  expect(answer()).toMatchObject({ kind: 'failure', failure: { kind: 'bad-setting' } });
  makeRoom();
  expect(answer()).toEqual({ kind: 'done' });
});
