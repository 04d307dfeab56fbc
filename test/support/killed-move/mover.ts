// A process that moves a data folder, to be killed at any moment: mover.cjs USER TO.
import { moveData } from '#store/move/move-data';
import { readPointer } from '#store/data-pointer';

const [user, to] = process.argv.slice(2);
moveData({ user, from: readPointer(user)?.folder ?? user, to }, () => {});
process.stdout.write('moved\n');
