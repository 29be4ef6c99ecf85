import { ADA, BOB, COURSE, CREW, checkRows, REFERENCE, type Row, TEAM } from './statement-sample.ts';

const at = '/object/definition';
const component = (id: string) => ({ id, description: { en: id } });
const many = Array.from({ length: 40 }, (_, index) => component(`c${index}`));

describe('verbs (D-7)', () => {
  checkRows([
    ['/verb', { id: 'http://a.example/v' }],
    ['/verb', { id: 'http://a.example/v', display: { 'en-US': 'v', und: '' } }],
    ['/verb', { display: { en: 'v' } }, ['/verb']],
    ['/verb', 'completed', ['/verb']],
    ['/verb', { id: '' }, ['/verb/id']],
    ['/verb', { id: 'completed' }, ['/verb/id']],
    ['/verb', { id: 'http://a.example/v', display: 'v' }, ['/verb/display']],
    ['/verb', { id: 'http://a.example/v', Display: {} }, ['/verb/Display']],
  ]);
});

describe('objects by their objectType (D-4, D-8; no. 6, 26)', () => {
  checkRows([
    ['/object', COURSE],
    ['/object', { ...COURSE, objectType: 'Activity' }],
    ['/object', { ...ADA, objectType: 'Agent' }],
    ['/object', BOB],
    ['/object', TEAM],
    ['/object', CREW],
    ['/object', REFERENCE],
    ['/object', ADA, ['/object', '/object/mbox']],
    ['/object', { ...COURSE, objectType: 'activity' }, ['/object/objectType']],
    ['/object', { ...COURSE, objectType: null }, ['/object/objectType']],
    ['/object', { objectType: 'Agent' }, ['/object']],
    ['/object', { objectType: 'Group' }, ['/object']],
    ['/object', 'course', ['/object']],
    ['/object', null, ['/object']],
    ['/object', [COURSE], ['/object']],
    ['/object', { objectType: 'StatementRef' }, ['/object']],
    ['/object', { ...REFERENCE, id: 'http://a.example' }, ['/object/id']],
    ['/object', { ...REFERENCE, name: 'x' }, ['/object/name']],
  ]);
});

describe('Activities (D-9; no. 5, 13)', () => {
  const rows: Row[] = [
    ['/object', {}, ['/object']],
    ['/object', { id: 'ab=c://should.fail.com' }, ['/object/id']],
    ['/object', { id: 'course/1' }, ['/object/id']],
    ['/object', { id: 5 }, ['/object/id']],
    ['/object/definition', {}],
    ['/object/definition', { name: {}, description: {}, extensions: {} }],
    ['/object/definition', { name: { und: 'x' }, type: 'http://a.example/t', moreInfo: 'http://a.example' }],
    ['/object/definition', null, [at]],
    ['/object/definition', { name: 'x' }, [`${at}/name`]],
    ['/object/definition', { name: { en_US: 'x' } }, [`${at}/name/en_US`]],
    ['/object/definition', { name: { en: null } }, [`${at}/name/en`]],
    ['/object/definition', { description: { a12345678: 'x' } }, [`${at}/description/a12345678`]],
    ['/object/definition', { type: 'meeting' }, [`${at}/type`]],
    ['/object/definition', { moreInfo: '/more' }, [`${at}/moreInfo`]],
    ['/object/definition', { extension: {} }, [`${at}/extension`]],
    ['/object/Definition', {}, ['/object/Definition']],
  ];
  for (const id of [
    'http://5abc_course_id',
    'http://6abcDEF_course_id-urn:scormdriver:q1',
    'urn:articulate:storyline:5k2#',
    'ispring://presentations/7E1/slides/0',
    'tag:example.org,2026:x',
    'mailto:ada@example.org',
    'http://example.org/?a=1?b=2',
    'http://example.org/ü/課程',
  ]) {
    rows.push(['/object/id', id]);
  }
  checkRows(rows);
});

describe('interactions (D-9; no. 6, 8, 31)', () => {
  const rows: Row[] = [
    [at, { interactionType: 'other' }],
    [at, { interactionType: 'choice', correctResponsesPattern: [''], choices: many }],
    [at, { interactionType: 'fill-in', steps: [component('s')], scale: [{ id: '' }] }],
    [at, { interactionType: 'Choice' }, [`${at}/interactionType`]],
    [at, { interactionType: 'other', correctResponsesPattern: 'x' }, [`${at}/correctResponsesPattern`]],
    [at, { interactionType: 'other', correctResponsesPattern: [1] }, [`${at}/correctResponsesPattern/0`]],
    [at, { correctResponsesPattern: ['x'] }, [`${at}/correctResponsesPattern`]],
  ];
  for (const list of ['choices', 'scale', 'source', 'target', 'steps']) {
    const typed = { interactionType: 'matching' };
    rows.push(
      [at, { ...typed, [list]: [] }],
      [at, { ...typed, [list]: [component('a'), component('A')] }],
      [at, { [list]: [component('a')] }, [`${at}/${list}`]],
      [at, { ...typed, [list]: component('a') }, [`${at}/${list}`]],
      [at, { ...typed, [list]: [{}] }, [`${at}/${list}/0`]],
      [at, { ...typed, [list]: [{ id: 1 }, { id: 1 }] }, [`${at}/${list}/0/id`, `${at}/${list}/1/id`]],
      [at, { ...typed, [list]: [{ id: 'a', name: 'x' }] }, [`${at}/${list}/0/name`]],
      [at, { ...typed, [list]: [{ id: 'a', description: 'x' }] }, [`${at}/${list}/0/description`]],
      [at, { ...typed, [list]: [component('a'), component('b'), component('a')] }, [`${at}/${list}/2/id`]],
      [at, { ...typed, [list]: [...many, component('c7')] }, [`${at}/${list}/40/id`]],
    );
  }
  checkRows(rows);
});
