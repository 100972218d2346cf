// SPDX-License-Identifier: MIT
// PixiJS with so many moving, turning sprites of one texture: what the page's benchmarks stand beside.
import { Container, Sprite, Texture, WebGLRenderer } from 'pixi.js';

const kWidth = 26, kHeight = 37;

function drop() {
  const canvas = document.createElement('canvas');
  canvas.width = kWidth;
  canvas.height = kHeight;
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#d0142f';
  pen.beginPath();
  pen.ellipse(kWidth / 2, kHeight / 2, kWidth / 2, kHeight / 2, 0, 0, 7);
  pen.fill();
  return Texture.from(canvas);
}

// Puts the sprites there; what it returns moves them as the C++ side does (sprite_page.cpp).
export function scatter(stage, count, width, height) {
  const texture = drop(), moving = [];
  let seed = 1;
  const next = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 4294967296;
  for (let i = 0; i < count; i++) {
    const sprite = new Sprite(texture);
    sprite.anchor.set(0.5);
    stage.addChild(sprite);
    moving.push({ sprite, x: next() * width, y: next() * height, dx: next() - 0.5, dy: next() - 0.5 });
  }
  return () => {
    for (const one of moving) {
      one.x += one.dx;
      one.y += one.dy;
      if (one.x < 0 || one.x > width) one.dx = -one.dx;
      if (one.y < 0 || one.y > height) one.dy = -one.dy;
      one.sprite.position.set(one.x, one.y);
      one.sprite.rotation += 0.01;
    }
  };
}

export async function open_sprites(canvas, count, width, height) {
  const renderer = new WebGLRenderer();
  await renderer.init({ canvas, width, height, antialias: false, backgroundColor: 0xfbf3ec });
  const stage = new Container({ isRenderGroup: true });
  const move = scatter(stage, count, width, height);
  return () => {
    move();
    renderer.render(stage);
  };
}
