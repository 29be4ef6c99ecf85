import { createHash } from 'node:crypto';
import { listOf, pathOf, RESOURCES } from './document-address.ts';
import { cairnOfFile } from './start-cairn.ts';

const file = cairnOfFile();
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const OLD = '{"old":1}';
const TAG = `"${sha1(OLD)}"`;
const OTHER = `"${sha1('other')}"`;

type Headers = Readonly<Record<string, string>>;
type Case = readonly [name: string, headers: Headers, present: number, absent: number];

/** What a precondition makes of a change to a document that is there, and of one that is not. */
const PRECONDITIONS: readonly Case[] = [
  ['If-Match of it', { 'If-Match': TAG }, 204, 412],
  ['If-Match of it, weak', { 'If-Match': `W/${TAG}` }, 204, 412],
  ['If-Match of it, unquoted', { 'If-Match': sha1(OLD) }, 204, 412],
  ['If-Match of several', { 'If-Match': `${OTHER}, ${TAG}` }, 204, 412],
  ['If-Match of another', { 'If-Match': OTHER }, 412, 412],
  ['If-Match of any', { 'If-Match': '*' }, 204, 412],
  ['If-None-Match of any', { 'If-None-Match': '*' }, 412, 204],
  ['If-None-Match of it', { 'If-None-Match': TAG }, 412, 204],
  ['If-None-Match of another', { 'If-None-Match': OTHER }, 204, 204],
  ['both, of which one fails', { 'If-Match': TAG, 'If-None-Match': '*' }, 412, 412],
];

/** What a PUT without a precondition is, for a document that is there and for one that is not. */
const WITHOUT: Readonly<Record<string, readonly [present: number, absent: number]>> = {
  'activities/state 1.0.3': [204, 204],
  'activities/profile 1.0.3': [409, 400],
  'agents/profile 1.0.3': [409, 400],
  'activities/state 2.0.0': [409, 204],
  'activities/profile 2.0.0': [409, 204],
  'agents/profile 2.0.0': [409, 204],
};

describe.each(RESOURCES.map((one) => [one[0], one] as const))('%s', (resource, addressing) => {
  describe.each(['1.0.3', '2.0.0'])('in %s', (version) => {
    const agent = () => file.cairn.as(file.cairn.master, version);
    const prepared = async (isPresent: boolean) => {
      const path = pathOf(addressing);
      if (isPresent) {
        const put = agent().put(path).set('If-None-Match', '*').type('application/json');
        await put.send(OLD).expect(204);
      }
      return path;
    };
    const content = async (path: string) => {
      const { status, text } = await agent().get(path);
      return status === 200 ? text : status;
    };
    const change = (method: 'put' | 'post' | 'delete', path: string, headers: Headers) => {
      const request = agent()[method](path).set(headers);
      return method === 'delete' ? request : request.type('application/json').send('{"new":2}');
    };
    const AFTER = { put: '{"new":2}', post: '{"old":1,"new":2}', delete: 404 };

    describe.each(['put', 'post', 'delete'] as const)('%s', (method) => {
      const made = method === 'delete' ? 404 : '{"new":2}';

      it.each(PRECONDITIONS)('with %s', async (_name, headers, present, absent) => {
        const there = await prepared(true);
        expect((await change(method, there, headers)).status).toBe(present);
        expect(await content(there)).toBe(present === 204 ? AFTER[method] : OLD);
        const nothing = await prepared(false);
        expect((await change(method, nothing, headers)).status).toBe(absent);
        expect(await content(nothing)).toBe(absent === 204 ? made : 404);
      });
    });

    it('a PUT without a precondition is as the version has it', async () => {
      const [onPresent, onAbsent] = WITHOUT[`${resource} ${version}`] as readonly [number, number];
      const there = await prepared(true);
      const overwriting = await change('put', there, {});
      expect(overwriting.status).toBe(onPresent);
      expect(overwriting.body.message ?? '').toContain(onPresent === 409 ? `If-Match: ${TAG}` : '');
      expect(await content(there)).toBe(onPresent === 204 ? '{"new":2}' : OLD);
      expect((await change('put', await prepared(false), {})).status).toBe(onAbsent);
    });

    it('a POST or DELETE without one goes through', async () => {
      for (const isPresent of [true, false]) {
        for (const method of ['post', 'delete'] as const) {
          expect((await change(method, await prepared(isPresent), {})).status).toBe(204);
        }
      }
    });

    it('a GET that names the tag it has is 304, with the headers that 200 would have', async () => {
      const path = await prepared(true);
      const full = await agent().get(path).expect(200);
      for (const tags of [TAG, '*', `W/${TAG}`, `${OTHER}, ${TAG}`]) {
        const { headers, text } = await agent().get(path).set('If-None-Match', tags).expect(304);
        expect(text).toBe('');
        for (const name of [
          'etag',
          'last-modified',
          'x-experience-api-version',
          'access-control-allow-origin',
        ]) {
          expect(headers[name]).toBe(full.headers[name]);
        }
      }
      await agent().get(path).set('If-None-Match', OTHER).expect(200, OLD);
      await agent().head(path).set('If-None-Match', TAG).expect(304);
    });
  });
});

describe('the list of ids', () => {
  it('has a tag with which a multiple delete can say what it has seen', async () => {
    const addressing = RESOURCES[0];
    const more = { registration: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee' };
    const list = listOf(addressing, more);
    const put = (id: string) =>
      file.cairn.all
        .put(pathOf(addressing, id, more))
        .type('text/plain')
        .send(id)
        .expect(204);
    await put('a');
    const { etag } = (await file.cairn.all.get(list).expect(200)).headers;
    await put('b');
    await file.cairn.all
      .delete(list)
      .set('If-Match', etag as string)
      .expect(412);
    const now = await file.cairn.all.get(list).expect(200, ['a', 'b']);
    expect(now.headers['etag']).not.toBe(etag);
    await file.cairn.all
      .delete(list)
      .set('If-Match', now.headers['etag'] as string)
      .expect(204);
    await file.cairn.all.get(list).expect(200, []);
  });
});
