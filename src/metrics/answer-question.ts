import { Rejection } from '../xapi/rejection.ts';
import { answerEvidence } from './answers/answer-evidence.ts';
import { answerQuery } from './answers/answer-query.ts';
import { dimensionValues } from './answers/dimension-values.ts';
import { explainQuery } from './answers/explain-query.ts';
import { freshnessOf } from './answers/freshness.ts';
import { type Answering, type Desk, newDesk } from './desk.ts';
import type { Outcome, Question } from './metrics.ts';
import { beginWork } from './query/refuse-too-long.ts';
import { beginQuestion } from './scratch.ts';
import { stateDigest } from './state/state-digest.ts';
import type { World } from './state/world.ts';

/** Answers from a world; `now` in milliseconds since 1970. What is to be gone on with is kept at the desk. */
export const answerQuestion = (
  question: Question,
  world: World,
  now: number,
  desk: Desk = newDesk(),
): Outcome => {
  try {
    beginQuestion();
    beginWork();
    world.settle();
    return { json: JSON.stringify(answer(question, { world, now, desk }), rounded) };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { rejected: { reason: error.reason, problems: error.problems } };
  }
};

const answer = (question: Question, at: Answering): unknown => {
  switch (question.kind) {
    case 'query':
      return answerQuery(question.query, question.access, at);
    case 'evidence':
      return answerEvidence(question.selector, question.access, at);
    case 'explain':
      return explainQuery(question.query, question.access, at);
    case 'dimension-values':
      return dimensionValues(question, at);
    case 'freshness':
      return freshnessOf(at);
    case 'digest':
      return { digest: stateDigest(at.world), seq: at.world.upto() };
  }
};

/** Sums depend on the order of rows in their last bits, which nobody is told. */
const rounded = (_name: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(12)) : value;
