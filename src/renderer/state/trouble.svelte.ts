// What went wrong before this start, the diagnostics that can be saved, and backups of the history.
import type { Backup, BackupLook } from '#shared/backup';
import type { WindowApi } from '#shared/contract';
import type { Diagnostics } from '#shared/diagnostics';
import type { Trouble } from '#shared/trouble';
import { answered } from './answered';
import { Task } from './task.svelte';
import type { Toasts } from './toasts.svelte';

export class TroubleState {
  now = $state.raw<Trouble>({ crashes: [] });
  backups = $state.raw<Backup[]>([]);
  /** The one that is about to be restored, and what is known of it. */
  chosen = $state.raw<{ backup: Backup; look?: BackupLook }>();
  /** The dialog that shows them is open, whether they are there yet or not. */
  isCollecting = $state(false);
  diagnostics = $state.raw<Diagnostics>();
  /** Names of entries that are not wanted. */
  unticked = $state.raw<readonly string[]>([]);
  readonly collecting = new Task();
  readonly saving = new Task();
  readonly backingUp = new Task();
  readonly looking = new Task();
  readonly restoring = new Task();
  readonly restarting = new Task();

  constructor(
    private readonly api: WindowApi,
    private readonly toasts: Toasts,
  ) {}

  /** The page stands: this start has not failed. */
  async open(): Promise<void> {
    await this.api.sayUsable();
    this.now = await answered(this.api.getTrouble());
  }

  get wanted(): string[] {
    return (this.diagnostics?.entries ?? []).map(({ name }) => name).filter((name) => !this.unticked.includes(name));
  }

  tick(name: string, isWanted: boolean): void {
    this.unticked = isWanted ? this.unticked.filter((one) => one !== name) : [...this.unticked, name];
  }

  async collect(): Promise<void> {
    this.isCollecting = true;
    this.diagnostics = undefined;
    this.unticked = [];
    this.saving.forget();
    const diagnostics = await this.collecting.run(() => answered(this.api.collectDiagnostics()));
    this.diagnostics = diagnostics;
    // What may hold names goes only where somebody has looked at it.
    if (diagnostics?.namesUnknown)
      this.unticked = diagnostics.entries.filter(({ kind }) => kind === 'log' || kind === 'crash').map(({ name }) => name);
  }

  async save(): Promise<void> {
    const name = await this.saving.run(() => answered(this.api.saveDiagnostics(this.wanted)));
    if (!name) return;
    this.isCollecting = false;
    this.toasts.say(`Saved ${name}.`);
    await this.dismiss();
  }

  closeDiagnostics(): void {
    this.isCollecting = false;
    this.diagnostics = undefined;
  }

  /** What was offered is not offered again. */
  async dismiss(): Promise<void> {
    if (this.now.crashes.length === 0) return;
    this.now = { ...this.now, crashes: [] };
    await answered(this.api.dismissCrashes());
  }

  showLogs(): Promise<void> {
    return answered(this.api.showLogs());
  }

  async loadBackups(): Promise<void> {
    this.backups = (await this.looking.run(() => answered(this.api.listBackups()))) ?? this.backups;
  }

  async backUp(): Promise<void> {
    if (!(await this.backingUp.run(() => answered(this.api.backUpNow())))) return;
    this.toasts.say('The history was backed up.');
    await this.loadBackups();
  }

  /** Looked at whole before anybody is asked whether they want it. */
  async choose(backup: Backup): Promise<void> {
    this.restoring.forget();
    this.chosen = { backup };
    const look = await this.restoring.run(() => answered(this.api.lookAtBackup(backup.name)));
    if (look && this.chosen?.backup === backup) this.chosen = { backup, look };
  }

  leaveChosen(): void {
    this.chosen = undefined;
  }

  /** The app starts again with it. */
  async restore(): Promise<void> {
    const { chosen } = this;
    if (chosen?.look) await this.restoring.run(() => answered(this.api.restoreBackup(chosen.backup.name)));
  }

  async restart(how: 'normal' | 'safe'): Promise<void> {
    await this.restarting.run(() => answered(this.api.restart(how)));
  }
}
