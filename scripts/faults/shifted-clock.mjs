import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded before the program (`--import`): its clock is off by as many milliseconds as a file says, which is read at
 * the start and at each SIGUSR2.
 */
const RealDate = Date;
let offset = 0;

const read = () => {
  offset = Number(readFileSync(process.env.FAULTS_CLOCK, 'utf8'));
};

globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.now() + offset] : given));
  }

  static now() {
    return RealDate.now() + offset;
  }
};

read();
if (isMainThread) process.on('SIGUSR2', read);
