// Runs before the page's own script: puts the scene's window.overbatch where the preload would.
import { fakeOverbatch } from './fake-overbatch';
import { SCENES } from './scenes';

const name = decodeURIComponent(location.search.slice(1).split('&')[0]);
const scene = SCENES[name];
if (scene) {
  localStorage.clear();
  if (scene.draft) localStorage.setItem('overbatch.plan', JSON.stringify(scene.draft));
  Object.defineProperty(window, 'overbatch', { value: fakeOverbatch(scene) });
}
