import { createRandom, createSampler } from '../bench/random.mjs';
import { brokenAlternateCase, disturbedAlternateCase, validAlternateCase } from './alternate-cases.mjs';
import {
  brokenDocumentCase,
  disturbedDocumentCase,
  mergeCase,
  validDocumentCase,
} from './document-cases.mjs';
import { brokenHeadersCase, disturbedHeadersCase, validHeadersCase } from './header-cases.mjs';
import { brokenJsonCase, validJsonCase } from './json-text-cases.mjs';
import { brokenMultipartCase, disturbedMultipartCase, validMultipartCase } from './multipart-cases.mjs';
import { brokenParametersCase, disturbedParametersCase, validParametersCase } from './parameter-cases.mjs';
import { disturbedSocketCase, smuggledCase } from './socket-cases.mjs';
import { brokenCase, disturbedCase, spoiltBatchCase, validBatchCase, validCase } from './statement-cases.mjs';

/** How often each is made, of a hundred. */
const MAKERS = [
  [20, validCase],
  [14, brokenCase],
  [18, disturbedCase],
  [4, validBatchCase],
  [4, spoiltBatchCase],
  [4, validMultipartCase],
  [2, brokenMultipartCase],
  [3, disturbedMultipartCase],
  [4, validParametersCase],
  [3, brokenParametersCase],
  [3, disturbedParametersCase],
  [2, validHeadersCase],
  [1, brokenHeadersCase],
  [1, disturbedHeadersCase],
  [3, validDocumentCase],
  [1, mergeCase],
  [1, brokenDocumentCase],
  [2, disturbedDocumentCase],
  [2, validAlternateCase],
  [1, brokenAlternateCase],
  [1, disturbedAlternateCase],
  [2, validJsonCase],
  [1, brokenJsonCase],
  [1, smuggledCase],
  [2, disturbedSocketCase],
];
const sample = createSampler(MAKERS.map(([weight]) => weight));

/**
 * The request of that number under that seed: the same whatever was sent before it.
 * @param {number} seed
 * @param {number} index
 * @returns {import('./judge.mjs').Case}
 */
export const makeCase = (seed, index, sendings) => {
  const random = createRandom((Math.imul(seed, 0x9e3779b1) + index) | 0);
  const [, make] = MAKERS[sample(random)];
  return make(random, sendings);
};
