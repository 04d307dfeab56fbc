// The page that an export is: the model beside it, opened in whatever browser shows it, and asked there. Without a document (where an export
// is tried before it gets its name) it only hands out what runs the model.
import { mount } from 'svelte';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/surfaces.css';
import '../styles/contrast.css';
import App from './App.svelte';
import { openModel } from './model';
import { readPicture } from './picture';

Object.assign(globalThis, { overbatch: { openModel, readPicture } });

const target = typeof document === 'undefined' ? undefined : document.getElementById('app');
// What stood there was for whoever has half of the file.
target?.replaceChildren();
if (target) mount(App, { target });
