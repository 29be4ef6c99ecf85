import { pick } from '../bench/random.mjs';
import { post } from './journal.mjs';
import { conflict } from './statement-acts.mjs';

const CONFLICTS = 10;

/**
 * I3: what was not answered is sent again and ends well, whatever had become of it; after that, and for ids that
 * were acknowledged, other contents are still refused. What the LRS was to name itself cannot be sent again: it is
 * there or has to stay away.
 */
export const settlePending = async (journal, client, random) => {
  const pending = [...journal.pending];
  journal.counts.unanswered += pending.length;
  journal.pending.clear();
  const connection = { name: 'again', random, journal, client };
  for (const posted of pending) {
    if (posted.mayBeSentAgain) await post(journal, client, posted);
    else settleUnnamed(journal, posted);
    const [first] = posted.fresh;
    if (first?.acknowledged === true && !first.never) await conflict(connection, first);
  }
  const acknowledged = [...journal.statements.values()].filter(
    (one) => one.acknowledged && one.round === journal.round(),
  );
  for (let at = 0; at < CONFLICTS && acknowledged.length > 0; at += 1) {
    await conflict(connection, pick(random, acknowledged));
  }
};

const settleUnnamed = (journal, { fresh }) => {
  for (const record of fresh) {
    if (record.present) journal.acknowledge(record);
    else record.never = true;
  }
};
