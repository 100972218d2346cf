// SPDX-License-Identifier: MIT
// A page of PixiJS as its own guide begins one: an Application. Its first frame is interactive, and is
// told as our page tells it.
import { Application } from 'pixi.js';
import { scatter } from './sprites.mjs';

const canvas = document.getElementById('canvas');
const app = new Application();
await app.init({
  canvas, width: innerWidth, height: innerHeight, preference: 'webgl', antialias: false,
  backgroundColor: 0xfbf3ec, autoStart: false,
});
const move = scatter(app.stage, 300, innerWidth, innerHeight);
app.stage.eventMode = 'static';
app.stage.on('pointerdown', (event) => { window.touched = event.global.x; });
const draw = () => {
  move();
  app.render();
  document.documentElement.classList.add('running');
  requestAnimationFrame(draw);
};
requestAnimationFrame(draw);
