import { progressText } from '../../src/cli/progress-text.ts';

describe('the progress of an import', () => {
  it.each([
    [
      { done: 25, all: 100, count: 5000, atFirst: 1000, seconds: 2 },
      '[######------------------]  25 %  5,000 read, 2,000/s, 0:06 left',
    ],
    [
      { done: 1, all: 5000, count: 10, atFirst: 0, seconds: 1.5 },
      '[------------------------]   0 %  10 read, 7/s, 2:04:59 left',
    ],
    [{ done: 7, all: undefined, count: 300, atFirst: 0, seconds: 3 }, '300 read, 100/s'],
    [
      { done: 0, all: 100, count: 0, atFirst: 0, seconds: 0 },
      '[------------------------]   0 %  0 read, 0/s',
    ],
  ])('of %j is %s', (progress, text) => {
    expect(progressText(progress)).toBe(text);
  });
});
