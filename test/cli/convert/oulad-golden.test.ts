import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStatement } from '../../../src/xapi/validate-statement.ts';
import { ROOT } from '../../house/source-files.ts';
import { type Made, statementsOf, verbOf } from './oulad-statements.ts';

jest.setTimeout(120_000);

const DATA = join(ROOT, '../shared/data');
const withData = existsSync(join(DATA, 'oulad')) ? describe : describe.skip;

/** What is counted of one statement. */
const featuresOf = (one: Made): readonly string[] => {
  const verb = verbOf(one);
  const { response } = one.result ?? {};
  return [
    verb,
    ...Object.keys(one.context.extensions ?? {}),
    ...(response === undefined ? [] : [response]),
    ...(verb === 'scored' && one.result?.score === undefined ? ['null score'] : []),
  ];
};

const count = (counts: Record<string, number>, feature: string, one: Made): void => {
  const before = counts[feature] ?? 0;
  // Those of one kind differ in numbers alone.
  if (before < 100 && !isStatement(one, '1.0.3')) throw new Error(`Not valid: ${JSON.stringify(one)}`);
  counts[feature] = before + 1;
};

withData('the real dataset, which lies beside the project, if anywhere', () => {
  it('gives the statements that golden.json was counted from', async () => {
    const { oulad } = JSON.parse(readFileSync(join(DATA, 'golden.json'), 'utf8'));
    const counts: Record<string, number> = {};
    const ids = new Set<string>();
    const enrolments = new Set<string>();
    const learners = new Set<string>();
    const presentations = new Set<string>();
    const perModule: Record<string, Set<string>> = {};
    let sum = 0;
    for await (const one of statementsOf(join(DATA, 'oulad'))) {
      for (const feature of featuresOf(one)) count(counts, feature, one);
      const [course, module] = one.context.contextActivities.grouping.map(({ id }) => id) as [string, string];
      perModule[module.slice(-3)] ??= new Set();
      const enrolled = perModule[module.slice(-3)] as Set<string>;
      ids.add(one.id);
      for (const set of [enrolments, enrolled]) set.add(one.context.registration);
      learners.add(one.actor.account.name);
      presentations.add(course);
      sum += one.result?.score?.scaled ?? 0;
    }
    const { assessments, quirks, outcomes_published: outcomes } = oulad;
    expect(ids.size).toBe(239_062);
    expect(counts).toEqual({
      registered: oulad.rows - quirks.registration_date_missing,
      unregistered: outcomes.Withdrawn + quirks.fail_with_unregistration_date,
      passed: outcomes.Pass + outcomes.Distinction,
      failed: outcomes.Fail,
      scored: assessments.submissions,
      Pass: outcomes.Pass,
      Distinction: outcomes.Distinction,
      Fail: outcomes.Fail,
      'null score': assessments.null_score,
      'urn:cairn:carried-over': assessments.banked,
      'urn:cairn:date-unknown': quirks.withdrawn_without_date,
    });
    expect(enrolments.size).toBe(oulad.rows);
    expect(learners.size).toBe(oulad.unique_learners);
    expect(presentations.size).toBe(oulad.presentations);
    expect(Object.fromEntries(Object.entries(perModule).map(([name, { size }]) => [name, size]))).toEqual(
      oulad.module_enrolments_published,
    );
    expect((sum / assessments.scored) * 100).toBeCloseTo(assessments.mean_score, 8);
  });
});
