// Questions about pictures to a trained model, which stays loaded while they are asked.
import path from 'node:path';
import { answersCsv, NOT_ASKED } from '#shared/answers-csv';
import type { AskedPicture, PictureAnswer, PictureList, PictureSource } from '#shared/asking';
import { FailureError } from '#shared/failure';
import type { Handlers } from '../answer';
import { modelQuestion } from '../model-question';
import { PictureLists } from '../picture-lists';
import { oneOfEach } from '../sample-pictures';
import { saveText } from '../save-text';
import type { Services } from '../services';
import { datasetFolder } from './datasets';
import { modelFolderOf, refuseBesideRun } from './models';

type Questions = Pick<
  Handlers,
  | 'samplePictures'
  | 'choosePictures'
  | 'choosePictureFolder'
  | 'acceptPictures'
  | 'readPictureTiles'
  | 'askPicture'
  | 'askPictures'
  | 'cancelAsking'
  | 'saveAnswers'
  | 'whereLooked'
  | 'openCamera'
  | 'closeCamera'
  | 'leaveModel'
>;

/** The answers to a list that was asked about last: what is saved is what was shown. */
interface Answered {
  list: string;
  modelFolder: string;
  answers: PictureAnswer[];
}

export function askingQuestions(services: Services): Questions {
  const { camera, desktop, model, samplesFolder, send, viewer } = services;
  const lists = new PictureLists();
  let answered: Answered | undefined;

  const listOf = async (paths: string[]): Promise<PictureList> => lists.remember(paths, await viewer.listPictures(paths));
  const askedModel = (runId: string): string => {
    refuseBesideRun(services);
    return modelFolderOf(services, runId);
  };
  const sourceOf = (picture: AskedPicture): PictureSource => {
    if ('bytes' in picture) return picture;
    if ('list' in picture) return { file: lists.file(picture.list, picture.place) };
    return { datasetFolder: datasetFolder(services, picture.datasetId), sample: picture.sample };
  };

  return {
    async samplePictures(sample) {
      const pictures = await oneOfEach(path.join(samplesFolder, sample));
      if (pictures.length > 0) return listOf(pictures);
      throw new FailureError({ kind: 'bad-setting', problem: 'This sample holds no pictures to ask about. Give one of your own.' });
    },
    async choosePictures() {
      const chosen = await desktop.choosePictures();
      return chosen.length === 0 ? null : listOf(chosen);
    },
    async choosePictureFolder() {
      const chosen = await desktop.choose('picture-folder');
      return chosen === undefined ? null : listOf([chosen]);
    },
    acceptPictures(paths) {
      if (paths.every((one) => path.isAbsolute(one))) return listOf(paths);
      throw new FailureError({
        kind: 'bad-setting',
        problem: 'A dropped item is no file or folder on this computer. Drop the others alone.',
      });
    },
    readPictureTiles: (token, { places, side }) =>
      viewer.pictureTiles(
        places.map((place) => lists.file(token, place)),
        side,
      ),
    askPicture: (runId, picture, whole) => model.picture(askedModel(runId), sourceOf(picture), whole),
    async askPictures(runId, token, question) {
      const modelFolder = askedModel(runId);
      const mine: Answered = { list: token, modelFolder, answers: [] };
      answered = mine;
      await model.askMany(modelFolder, lists.files(token), (answers) => {
        mine.answers.push(...answers.answers);
        send({ kind: 'answers', question, answers });
      });
    },
    cancelAsking: (what) => (what === 'listing' ? viewer.close() : model.cancel(what)),
    async saveAnswers(token) {
      if (answered?.list !== token) {
        throw new FailureError({ kind: 'bad-setting', problem: 'These pictures were not asked about. Give them again.' });
      }
      const { answers, modelFolder } = answered;
      const question = await modelQuestion(modelFolder);
      if (question.kind !== 'picture') throw new Error('A model of rows answered about pictures.');
      const rows = () => lists.names(token).map((name, place) => ({ name, answer: answers[place] ?? NOT_ASKED }));
      return saveText(desktop, `${lists.name(token)} answers.csv`, () => answersCsv(question.labels, question.answers, rows()));
    },
    whereLooked: (runId, picture, label) => model.where(askedModel(runId), sourceOf(picture), label),
    async openCamera() {
      const isWanted = await desktop.confirm({
        message: 'Use the camera?',
        detail: 'Overbatch shows its picture and asks your model about it. No picture is kept, and nothing leaves this computer.',
        yes: 'Use the camera',
        no: 'Not now',
      });
      if (isWanted) camera.open();
      return isWanted;
    },
    closeCamera: () => camera.close(),
    leaveModel() {
      camera.close();
      model.close();
    },
  };
}
