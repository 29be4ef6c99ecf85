/** Looked up once: where modules run in a context of their own, a global costs more than what it is called for. */
const { imul } = Math;

/** Mixes whole numbers into 32 bits. */
export const keyHash = (a: number, b: number, c: number): number => {
  let hash = imul(a, 0x9e3779b1) ^ imul(b, 0x85ebca77) ^ imul(c, 0xc2b2ae3d);
  hash = imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
};
