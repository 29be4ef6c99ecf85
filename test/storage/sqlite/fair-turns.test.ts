import fc from 'fast-check';
import { fairTurns } from '../../../src/storage/sqlite/fair-turns.ts';

describe('turns of following and answering', () => {
  it('give following as long as the answers before took, once it is 300 ms behind', () => {
    const turns = fairTurns();
    expect(turns.mayAnswer()).toBe(true);
    turns.answered(30);
    turns.followed(20, 300);
    expect(turns.mayAnswer()).toBe(false);
    turns.followed(10, 300);
    expect(turns.mayAnswer()).toBe(true);
  });

  it('let answers go first as long as it is hardly behind', () => {
    const turns = fairTurns();
    turns.answered(200);
    turns.followed(4, 299);
    expect(turns.mayAnswer()).toBe(true);
    // Meanwhile it gets further behind, though it is not told so.
    turns.answered(1);
    expect(turns.mayAnswer()).toBe(false);
    turns.followed(4, 280);
    expect(turns.mayAnswer()).toBe(true);
  });

  it('let answers follow each other when nothing is to be taken in', () => {
    const turns = fairTurns();
    turns.answered(900);
    turns.followed(0, 0);
    expect(turns.mayAnswer()).toBe(true);
  });

  it('never keep an answer waiting for more than a second', () => {
    const turns = fairTurns();
    for (let times = 0; times < 10; times += 1) turns.answered(5000);
    turns.followed(999, 5000);
    expect(turns.mayAnswer()).toBe(false);
    turns.followed(1, 5000);
    expect(turns.mayAnswer()).toBe(true);
  });

  it('leave following that is behind half of the time, however long answers take, up to a second each', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 50 }), (answers) => {
        const turns = fairTurns();
        let [answering, following] = [0, 0];
        for (const took of answers) {
          turns.answered(took);
          answering += took;
          turns.followed(0, 500);
          while (!turns.mayAnswer()) {
            turns.followed(4, 500);
            following += 4;
          }
        }
        expect(following).toBeGreaterThanOrEqual(answering);
      }),
    );
  });
});
