import fc from 'fast-check';
import { fairTurns } from '../../../src/storage/sqlite/fair-turns.ts';

describe('turns of following and answering', () => {
  it('give following as long as the answers before took, as long as it is behind', () => {
    const turns = fairTurns();
    expect(turns.mayAnswer()).toBe(true);
    turns.answered(30);
    turns.followed(20, true);
    expect(turns.mayAnswer()).toBe(false);
    turns.followed(10, true);
    expect(turns.mayAnswer()).toBe(true);
  });

  it('let answers follow each other when nothing is to be taken in', () => {
    const turns = fairTurns();
    turns.answered(900);
    turns.followed(0, false);
    expect(turns.mayAnswer()).toBe(true);
  });

  it('never keep an answer waiting for more than a second', () => {
    const turns = fairTurns();
    for (let times = 0; times < 10; times += 1) turns.answered(5000);
    turns.followed(999, true);
    expect(turns.mayAnswer()).toBe(false);
    turns.followed(1, true);
    expect(turns.mayAnswer()).toBe(true);
  });

  it('leave following half of the time, however long answers take, up to a second each', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 50 }), (answers) => {
        const turns = fairTurns();
        let [answering, following] = [0, 0];
        for (const took of answers) {
          turns.answered(took);
          answering += took;
          while (!turns.mayAnswer()) {
            turns.followed(4, true);
            following += 4;
          }
        }
        expect(following).toBeGreaterThanOrEqual(answering);
      }),
    );
  });
});
