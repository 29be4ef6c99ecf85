import { createConnection } from '../bench/connection.mjs';

const OK = 200;
const MISSING = 404;

/** Asks for what was acknowledged and for what was refused, and counts all there is. */
export const checkStored = async ({ url, authorization }, { acknowledged, refused }, figures) => {
  const connection = createConnection({ endpoint: new URL('/xapi', url), authorization });
  const violations = [];
  const ask = async (id, wanted) => {
    const { status } = await connection.exchange({
      method: 'GET',
      path: `/xapi/statements?statementId=${id}`,
    });
    if (status !== wanted) violations.push(`${id}: answered ${status}, not ${wanted}`);
  };
  for (const id of acknowledged) await ask(id, OK);
  for (const id of refused) await ask(id, MISSING);
  const { body } = await connection.exchange({ method: 'GET', path: '/api/v1/statements/count' });
  const { count } = JSON.parse(body.toString());
  if (count < figures.statements || (count > figures.statements && figures.unknown === 0))
    violations.push(`${count} statements are there, ${figures.statements} were acknowledged`);
  connection.close();
  return { asked: acknowledged.length + refused.length, count, violations };
};
