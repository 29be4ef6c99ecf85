import { cellOf, worldOf } from '../asked-world.ts';
import { by } from './said-by.ts';

describe('item analysis', () => {
  const answer = (name: string, question: string) =>
    by(name, 'answered', '09:00', {
      object: { id: `https://lms.example/question/${question}` },
      result: { success: true, response: 'a' },
    });
  const world = worldOf([answer('ada', 'a-rare'), answer('ada', 'common'), answer('bo', 'common')]);

  it('tells the questions with most answers, and how many there are', () => {
    expect(cellOf(world, 'assessment.items', { params: { limit: 1 } })).toMatchObject({
      items: [{ item: { id: 'https://lms.example/question/common' }, answered: 2 }],
      beside: { questions: 2 },
      persons: 2,
    });
    expect(cellOf(world, 'assessment.items')).toMatchObject({ items: [{ answered: 1 }, { answered: 2 }] });
  });
});
