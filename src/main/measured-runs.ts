// The folders of runs whose sizes are asked for.
import { fromStored, isOwnFolder } from '#store/location';
import { runFolders } from '#store/run-weights';
import type { Measured } from './run-sizes';
import type { Services } from './services';

/** @param those absent: all */
export const measuredRuns = ({ db, folders }: Pick<Services, 'db' | 'folders'>, those?: ReadonlySet<string>): Measured[] =>
  runFolders(db)
    .filter(({ id }) => those?.has(id) ?? true)
    .map(({ id, folder, weights_deleted_at: deletedAt }) => ({
      id,
      folder: fromStored(folders.root, folder),
      isOwn: isOwnFolder(folders, folder),
      areWeightsDeleted: deletedAt !== null,
    }));
