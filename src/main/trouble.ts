// What the questions about trouble are answered with.
import type { SafeBecause } from '#shared/trouble';
import type { Folders } from '#store/location';
import type { CrashReports } from './crash-reports';
import type { KeeperHost } from './keeper-host';
import type { RestartHow } from './restart';
import type { Starts } from './starts';

export interface TroubleServices {
  safe?: SafeBecause;
  /** The person's own; in safe mode others are in use. */
  own: Folders;
  /** Of the program itself. */
  appFolder: string;
  version: string;
  crashes: CrashReports;
  keeper: KeeperHost;
  starts: Pick<Starts, 'isUsable'>;
  /** @param withdraw the person wants the app to go on after all */
  restart(how: RestartHow, withdraw?: () => void): void;
}
