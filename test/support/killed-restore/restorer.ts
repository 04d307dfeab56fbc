// A process that does what was ordered, to be killed at any moment: restorer.cjs ROOT.
import { obeyOrder } from '#store/restore-order';

obeyOrder(process.argv[2]);
process.stdout.write('restored\n');
