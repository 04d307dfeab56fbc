// Starts the window's page.
import { mount } from 'svelte';
import { language } from '#shared/language';
import App from './App.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/surfaces.css';
import './styles/contrast.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
document.documentElement.lang = language;
mount(App, { target, props: { api: window.overbatch } });
