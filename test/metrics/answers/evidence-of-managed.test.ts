import { answerQuestion } from '../../../src/metrics/answer-question.ts';
import { fed, idOf, roster, stated, who } from '../fed-world.ts';

describe('the evidence of somebody who reports to somebody', () => {
  const { world } = fed([
    roster('boss', { hired: '2020-01-01' }),
    roster('lead', { hired: '2020-01-01', manager: who('boss') }),
    roster('a', { hired: '2020-01-01', manager: who('lead') }),
    stated('a', 'registered', 'one', '2026-01-15'),
  ]);
  const evidence = (query: object, row?: readonly unknown[]) => {
    const selector = {
      query: { metrics: ['enrolments.count'], ...query },
      ...(row === undefined ? {} : { row }),
    };
    const access = { small: true, names: true };
    const outcome = answerQuestion({ kind: 'evidence', selector, access }, world, Date.parse('2027-01-01'));
    return 'rejected' in outcome ? outcome.rejected : JSON.parse(outcome.json);
  };

  it('tells the manager, and is found by everybody above', () => {
    const row = { person: { id: idOf('a') }, values: { manager: { id: idOf('lead') } } };
    expect(evidence({}).rows).toMatchObject([row]);
    for (const above of ['lead', 'boss'])
      expect(evidence({ dimensions: ['team'] }, [{ id: idOf(above) }]).rows).toMatchObject([row]);
  });
});
