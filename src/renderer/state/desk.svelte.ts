// Everything the window knows, made once.
import type { WindowApi } from '#shared/contract';
import type { Space } from '#shared/space';
import type { DatasetSummary } from '#shared/dataset';
import type { TableRows } from '#shared/table-view';
import { differenceSentence } from '#shared/version-difference';
import type { CurvePart } from '#shared/curve';
import type { RunSummary } from '#shared/run-record';
import { keptNowWords } from '../words/ended-words';
import { answered } from './answered';
import { About } from './about.svelte';
import { AppFactsState } from './app-facts.svelte';
import type { Curves } from './curve-zoom.svelte';
import { ClassSizes } from './class-sizes.svelte';
import { Comparing } from './comparing.svelte';
import { DataPlaceState } from './data-place.svelte';
import { Datasets } from './datasets.svelte';
import { DeletedWeights } from './deleted-weights';
import { DiscardedRuns } from './discarded-runs';
import { Disk } from './disk.svelte';
import type { DraftChange } from './draft-change';
import { EndedRuns, keptOf } from './ended-runs';
import { Engines } from './engines.svelte';
import { Evaluations } from './evaluations.svelte';
import { FirstTrial } from './first-trial.svelte';
import { Forecasting } from './forecasting.svelte';
import { GivenFiles } from './given-files.svelte';
import { History } from './history.svelte';
import { Incoming } from './incoming.svelte';
import { JudgedVersions } from './judged-versions';
import { LiveRun } from './live-run.svelte';
import { OwnModels } from './own-models.svelte';
import { hear } from './hear';
import { MaskViewer } from './mask-views.svelte';
import { PieceCheck } from './piece-check.svelte';
import { planDefaults } from './plan-defaults';
import { PlanDraft } from './plan-draft.svelte';
import { Planning } from './planning.svelte';
import { PreferencesState } from './preferences.svelte';
import { Repetition } from './repetition.svelte';
import { addressOf, Route } from './route.svelte';
import { RunChoice } from './run-choice.svelte';
import { RunQueue } from './run-queue.svelte';
import { RunTransfer } from './run-transfer.svelte';
import { RunViews } from './run-views.svelte';
import { Starting } from './starting';
import { TablePage } from './table-page.svelte';
import { TakeAway } from './take-away.svelte';
import { Toasts } from './toasts.svelte';
import { TroubleState } from './trouble.svelte';
import { TryCamera } from './try-camera.svelte';
import { TryIt } from './try-it.svelte';
import { TryRows } from './try-rows.svelte';
import { isUnfinished, runToShow } from './unfinished-runs';
import { VersionPage } from './version-page.svelte';
import { Task } from './task.svelte';
import { WhereLook } from './where-look.svelte';

export class Desk {
  readonly route = new Route();
  readonly toasts = new Toasts();
  readonly draft = new PlanDraft();
  readonly preferences: PreferencesState;
  readonly appFacts: AppFactsState;
  readonly dataPlace: DataPlaceState;
  readonly datasets: Datasets;
  readonly incoming: Incoming;
  readonly engines: Engines;
  readonly classSizes: ClassSizes;
  readonly models: OwnModels;
  readonly forecasting: Forecasting;
  readonly check: PieceCheck;
  readonly planning: Planning;
  readonly starting: Starting;
  readonly live: LiveRun;
  readonly history: History;
  readonly transfer: RunTransfer;
  readonly given: GivenFiles;
  readonly about: About;
  readonly queue: RunQueue;
  readonly discarded: DiscardedRuns;
  readonly ended: EndedRuns;
  readonly weights: DeletedWeights;
  readonly repetition: Repetition;
  readonly evaluations: Evaluations;
  readonly choice = new RunChoice();
  readonly views = new RunViews();
  readonly comparing: Comparing;
  readonly judgedVersions = new JudgedVersions((datasetId) => this.#openLasting(datasetId));
  readonly tryIt: TryIt;
  readonly tryRows: TryRows;
  readonly tryCamera: TryCamera;
  readonly takeAway: TakeAway;
  readonly trial: FirstTrial;
  readonly trouble: TroubleState;
  readonly disk: Disk;
  readonly opening = new Task();
  space = $state.raw<Space>();

  constructor(private readonly api: WindowApi) {
    this.preferences = new PreferencesState(api, (now) => this.draft.follow(planDefaults(now)));
    this.appFacts = new AppFactsState(api);
    this.dataPlace = new DataPlaceState(api);
    this.datasets = new Datasets(api, this.toasts);
    this.incoming = new Incoming(api, (dataset) => this.#imported(dataset));
    this.engines = new Engines(api);
    this.classSizes = new ClassSizes(api);
    this.models = new OwnModels(api, this.toasts);
    // A run that is about to begin takes the memory of what forecasts: asked again then, that would come back beside it.
    this.forecasting = new Forecasting(api, () => this.live.active || this.planning.starting.running);
    this.check = new PieceCheck(api);
    this.planning = new Planning(api);
    this.history = new History(api, this.toasts, (id) => {
      this.live.leave(id);
      this.ended.forget(id);
    });
    this.transfer = new RunTransfer(api, this.toasts, () => this.history.load());
    this.given = new GivenFiles(api, this);
    this.about = new About(api);
    this.queue = new RunQueue(api, this.toasts);
    this.repetition = new Repetition(api, (runId) => this.#repeated(runId));
    this.live = new LiveRun(api, (runId) => {
      this.evaluations.forget(runId);
      return this.history.load().then(() => this.trial.ended(runId));
    });
    this.discarded = new DiscardedRuns(this);
    this.starting = new Starting(this);
    this.ended = new EndedRuns(api, this);
    this.evaluations = new Evaluations(api);
    this.weights = new DeletedWeights(this);
    this.comparing = new Comparing(api, this.toasts);
    this.tryIt = new TryIt(api);
    this.trial = new FirstTrial(api, this);
    this.tryRows = new TryRows(api);
    this.tryCamera = new TryCamera(api);
    this.takeAway = new TakeAway(api);
    this.trouble = new TroubleState(api, this.toasts);
    this.disk = new Disk(api, (room) => (this.incoming.disk = room));
  }

  /** Listens and asks for what every page needs; answers how to stop listening. */
  open(): () => void {
    const close = this.api.onEvent((event) => hear(this, event));
    addEventListener('pagehide', () => this.ended.settle());
    const opened = this.opening.run(async () => {
      // The engine takes a while to load and to report: nothing waits for it.
      void this.preferences.load();
      void this.dataPlace.load().then(() => this.#tellOfData());
      void this.appFacts.load().then((facts) => facts?.preferencesProblem && this.toasts.say(facts.preferencesProblem));
      void this.engines.load();
      void this.disk.load();
      void this.incoming.stopped.load();
      await Promise.all([this.datasets.load(), this.#takeUpRun(), this.models.load(), this.measureSpace()]);
      // Behind what decides which page is shown.
      await this.given.load();
    });
    void opened.finally(() => this.trouble.open());
    return close;
  }

  /** What became of a move, or of a disk that is not connected: said once, where something can be done about it. */
  #tellOfData(): void {
    if (this.route.page === 'settings') return;
    const { before, missing, unfinished } = this.dataPlace.now ?? {};
    const link = { label: 'Open Settings', address: addressOf('settings') };
    if (missing !== undefined)
      this.toasts.sayWithLink('Your data is not here: its folder was not there at the start.', link, 'data folder');
    else if (unfinished) this.toasts.sayWithLink('Moving your data was not finished. Nothing is lost.', link, 'data folder');
    else if (before !== undefined)
      this.toasts.sayWithLink('Your data was moved. The old copy is kept until you remove it.', link, 'data folder');
  }

  /** A window that was opened anew shows the run that trains, was left or waits; a reloaded one stays where it was. */
  async #takeUpRun(): Promise<void> {
    await Promise.all([this.live.recover(), this.history.load(), this.queue.load()]);
    const left = this.live.phase === 'none' ? runToShow(this.history.runs) : undefined;
    if (left) await this.live.lookAt(left.id);
    const [newest] = this.history.runs;
    const goesOn = this.live.active || this.queue.state.waiting.length > 0 || (newest !== undefined && isUnfinished(newest));
    if (goesOn && location.hash === '') this.route.go('run');
    this.ended.catchUp(this.history.runs);
  }

  /** A run trains, or is about to: no other can go on. */
  get isBusy(): boolean {
    return this.live.active || this.queue.upNext !== undefined;
  }

  /** Another page is shown: what was said of it has been seen. */
  moved(): void {
    this.toasts.moved(this.route.address);
    this.ended.moved();
  }

  async measureSpace(): Promise<void> {
    this.space = await answered(this.api.getSpace());
  }

  showDataFolder(): Promise<void> {
    return answered(this.api.showDataFolder());
  }

  /** A page of its own: what is changed there and not saved goes with it. */
  openVersion(datasetId: string): VersionPage {
    return new VersionPage(this.api, datasetId, (dataset) => this.#saved(dataset));
  }

  /** Belongs to no component: what it derives stays true when the one that asked for it is gone. */
  #openLasting(datasetId: string): VersionPage {
    let page!: VersionPage;
    $effect.root(() => {
      page = this.openVersion(datasetId);
    });
    return page;
  }

  /** Where a model looks in pictures of its data; its memory is free when the page lets go of it. */
  openLook(): { look: WhereLook; leave: () => void } {
    return { look: new WhereLook(this.api), leave: () => void this.api.leaveModel() };
  }

  openTable(datasetId: string): TablePage {
    return new TablePage(this.api, datasetId);
  }

  openMaskViews(runId: string): MaskViewer {
    return new MaskViewer(this.api, runId);
  }

  readCurve(runId: string, part: CurvePart): Promise<Curves> {
    return answered(this.api.readCurve(runId, part));
  }

  readRows(datasetId: string, rows: number[]): Promise<TableRows> {
    return answered(this.api.readRows(datasetId, rows));
  }

  /** The other model of an ended run takes the place of the saved one. */
  async keepOther({ id }: Pick<RunSummary, 'id'>): Promise<void> {
    if (!(await this.history.keepOther(id))) return;
    this.evaluations.forget(id);
    this.ended.forget(id);
    await this.live.readAgain(id);
    const run = await answered(this.api.getRun(id));
    this.toasts.say(keptNowWords(run), () => void this.keepOther({ id }), keptOf(id));
  }

  #repeated(runId: string | null): void {
    if (runId === null) return this.toasts.say('Added to the queue: Run shows its place.');
    this.live.begin(
      runId,
      this.history.runs.find(({ id }) => id === this.repetition.about),
    );
    this.route.go('run');
  }

  /** Opens the plan with that data set. */
  planWith({ id }: DatasetSummary): void {
    this.draft.datasetId = id;
    this.route.go('plan');
  }

  /** Says what was done, to be taken back from there. */
  changePlan(done: string, change: DraftChange): void {
    this.toasts.say(done, this.draft.change(change), 'plan');
  }

  async #imported(dataset: DatasetSummary): Promise<void> {
    if (dataset.version > 1) return this.#saved(dataset);
    await this.datasets.load();
    this.draft.datasetId = dataset.id;
    this.toasts.say(`“${dataset.name}” is ready to train with.`);
  }

  async #saved(dataset: DatasetSummary): Promise<void> {
    const isNew = this.datasets.find(dataset.id) === undefined;
    await this.datasets.load();
    this.draft.datasetId = dataset.id;
    const what = dataset.difference ? `: ${differenceSentence(dataset.difference)}` : '';
    this.toasts.say(
      isNew
        ? `Saved as version ${dataset.version} of “${dataset.name}”${what}.`
        : `That is exactly version ${dataset.version} of “${dataset.name}”, which is there already.`,
    );
    this.route.go('data', dataset.id);
  }
}
