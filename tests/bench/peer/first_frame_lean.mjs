// SPDX-License-Identifier: MIT
// The least that PixiJS can be: its WebGL renderer and sprites, without Application, events, tickers
// or loaders. Nobody's guide begins like this; it is the strictest peer there is.
import { open_sprites } from './sprites.mjs';

const canvas = document.getElementById('canvas');
canvas.addEventListener('pointerdown', (event) => { window.touched = event.clientX; });
const frame = await open_sprites(canvas, 300, innerWidth, innerHeight);
const draw = () => {
  frame();
  document.documentElement.classList.add('running');
  requestAnimationFrame(draw);
};
requestAnimationFrame(draw);
