import { answerQuestion } from '../../../src/metrics/answer-question.ts';
import { cursorText, readCursor } from '../../../src/metrics/answers/page-cursor.ts';
import { newDesk } from '../../../src/metrics/desk.ts';
import { digestOf } from '../../../src/metrics/query/canonical-query.ts';
import { worldOf } from '../catalogue/ask.ts';
import { did, part } from '../catalogue/learning.ts';

const crafted = (text: string): string =>
  Buffer.from(digestOf(`cairn cursor 1 ${text}`).slice(0, 8) + text).toString('base64url');

const NOW = Date.parse('2027-01-01T00:00:00Z');
const RICH = { small: true, names: true };
const POOR = { small: false, names: false };

describe('a cursor', () => {
  it.each(['no JSON', '', 'null', '{}', '[1,"q",0]', '["k","q",-1]', '["k","q","0"]', '["k"]'])(
    'of a right check over %j is turned away',
    (text) => {
      expect(() => readCursor(crafted(text), 'q')).toThrow(
        expect.objectContaining({ name: 'Rejection', reason: 'body-invalid' }),
      );
    },
  );

  it('that is made up leads to no answer of somebody else', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const both = (who: string) => [did(who, 'completed', 1, part('a')), did(who, 'completed', 1, part('b'))];
    const world = worldOf(names.flatMap(both));
    const desk = newDesk();
    const ask = (access: typeof RICH, cursor: string | null = null) => {
      const page = { limit: 1, cursor };
      const query = { metrics: 'events.count', dimensions: ['activity'], page };
      const outcome = answerQuestion({ kind: 'query', query, access }, world, NOW, desk);
      return 'rejected' in outcome ? outcome.rejected.reason : JSON.parse(outcome.json);
    };
    const partsOf = (cursor: string) => JSON.parse(Buffer.from(cursor, 'base64url').toString().slice(8));
    const rich = ask(RICH).page.next;
    const [key] = partsOf(rich);
    const [, question] = partsOf(ask(POOR).page.next);
    expect(ask(RICH, rich).rows).toHaveLength(1);
    expect(ask(POOR, cursorText({ key, question, from: 0 }))).toBe('expired');
  });
});
