import { type AddressInfo, createServer } from 'node:net';
import { type Sender, startSender, targetAt } from '../../forwarding/sender.ts';
import { statement, store, uuid } from '../../storage/sample-statements.ts';

/** A port at which nobody listens any more. */
const closedPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
};

/** A store whose one target is down: it has refused the first two statements, and two more wait for it. */
export const senderToNobody = async (name: string): Promise<Sender> => {
  const refused = [1, 2].map((position) => ({
    position,
    statementId: uuid(position),
    status: 400,
    answer: 'no',
    attempts: 1,
    refused: Date.now(),
  }));
  return startSender([targetAt(`http://127.0.0.1:${await closedPort()}`, { name })], async (storage) => {
    await store(
      storage,
      [1, 2, 3, 4].map((n) => statement(n)),
    );
    await storage.forwards.keep(name, { cursor: { position: 2, lastSuccess: Date.now() }, refused });
  });
};
