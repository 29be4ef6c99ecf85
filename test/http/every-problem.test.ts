import { attaching, multipartOf } from './multipart-request.ts';
import { cairnOfFile } from './start-cairn.ts';
import { statementOf } from './statement-parts.ts';

const file = cairnOfFile();

/** What a batch that is refused is told: the reason, and of each problem its statement and place. */
const refused = async (body: string | Buffer, type = 'application/json', version = '1.0.3') => {
  const headers = { 'Content-Type': type, 'X-Experience-API-Version': version };
  const answer = await file.cairn.wire({ method: 'POST', path: '/xapi/statements', headers, body });
  expect(answer.status).toBe(400);
  const { reason, problems } = JSON.parse(answer.text);
  const told = problems.map(({ index, pointer }: { index?: number; pointer: string }) => [index, pointer]);
  return { reason, told };
};

describe('a batch that is refused is told', () => {
  const bad = (more = {}) => JSON.stringify({ ...statementOf(more), verb: {} });
  const good = () => JSON.stringify(statementOf());
  const repeating = (key: string) =>
    good().replace('"verb":{', `"verb":{"display":{"${key}":"a","${key}":"b"},`);

  it('keys that repeat, per statement, and the problems of the others beside them', async () => {
    const batch = [good(), repeating('en'), ` ${repeating('de')}`, bad()];
    expect(await refused(`[${batch.join(',')}]`)).toEqual({
      reason: 'json-invalid',
      told: [
        [1, '/verb/display/en'],
        [2, '/verb/display/de'],
        [3, '/verb'],
      ],
    });
    expect((await refused(`[${repeating('en')}]`)).told).toEqual([[0, '/verb/display/en']]);
    expect((await refused(repeating('en'))).told).toEqual([[undefined, '/verb/display/en']]);
  });

  it('all the keys that repeat in one statement, and what else is wrong with it', async () => {
    const twice = `{"x":{"a/b":1,"a/b":2,"a/b":3},"y":[{"c":1},{"c":1,"c":2}],${good().slice(1)}`;
    const { told } = await refused(`[${twice}]`);
    expect([...told].sort()).toEqual([
      [0, '/x'],
      [0, '/x/a~1b'],
      [0, '/y'],
      [0, '/y/1/c'],
    ]);
  });

  it.each(['1.0.3', '2.0.0'])('the attachments that others lack, in %s', async (version) => {
    const bytes = Buffer.from('those of a bad statement');
    const lacking = statementOf({ attachments: [attaching(Buffer.from('never sent'))] });
    const batch = `[${good()},${JSON.stringify(lacking)},${bad({ attachments: [attaching(bytes)] })}]`;
    const mixed = multipartOf(batch, [bytes]);
    for (const told of [
      await refused(batch, 'application/json', version),
      await refused(mixed.body, mixed.contentType, version),
    ]) {
      expect(told).toEqual({
        reason: 'statement-invalid',
        told: [
          [1, '/attachments/0'],
          [2, '/verb'],
        ],
      });
    }
  });
});
