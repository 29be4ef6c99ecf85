import { randomUUID } from 'node:crypto';
import { forwards } from '../../../src/forwarding/forwards.ts';
import { targetAt } from '../../forwarding/sender.ts';
import { type Cairn, withCairn } from '../start-cairn.ts';
import { type OwnIssuers, ownIssuers } from './own-issuers.ts';

export const SCRAPER = 'token-of-the-scrapers';
export const TARGET = 'other';
export const ANY_LAUNCH = JSON.stringify({ actor: { mbox: 'mailto:anybody@example.org' } });

/** A Cairn in which all that the truth table speaks of is there. */
export type Standing = {
  readonly cairn: Cairn;
  readonly own: OwnIssuers;
  /** What a refused request is about: it has to be there in the end. */
  readonly key: string;
  readonly launches: { readonly 'of another key': string; readonly 'of another token': string };
  readonly quarantined: string;
  /** The launch credentials of `POST launches`, as it answers them. */
  launch(authorization: string, wish: string): Promise<Launched>;
  quarantine(): Promise<string>;
};

export type Launched = { readonly id: string; readonly fetch?: string; readonly auth?: string };

const launchBy =
  (cairn: Cairn) =>
  async (authorization: string, wish: string): Promise<Launched> => {
    const { body } = await cairn
      .as(authorization)
      .post('/api/v1/launches')
      .type('application/json')
      .send(wish)
      .expect(201);
    return body;
  };

const quarantineIn = (cairn: Cairn) => async (): Promise<string> =>
  (await cairn.storage.quarantine.keep({
    credential: cairn.master.id,
    family: '1.0.3',
    contentType: 'application/json',
    reason: 'statement-invalid',
    problems: [],
    body: Buffer.from(JSON.stringify({ id: randomUUID() })),
  })) as string;

export const withStanding = async (use: (standing: Standing) => Promise<void>): Promise<void> => {
  const own = await ownIssuers();
  const options = {
    settings: { metricsToken: SCRAPER },
    services: (services, storage) => ({
      ...services,
      issuers: own.issuers,
      forwards: forwards({
        ...storage,
        store: storage.forwards,
        targets: [targetAt('http://127.0.0.1:9', { name: TARGET })],
      }),
    }),
  } satisfies Parameters<typeof withCairn>[0];
  try {
    await withCairn(options, async (cairn) => {
      const launch = launchBy(cairn);
      const quarantine = quarantineIn(cairn);
      const lms = await cairn.key('launch');
      const token = await own.token(own.services, { sub: 'another service', scope: 'launch' });
      const launches = {
        'of another key': (await launch(lms.authorization, ANY_LAUNCH)).id,
        'of another token': (await launch(`Bearer ${token}`, ANY_LAUNCH)).id,
      };
      const { id: key } = await cairn.key('state');
      await use({ cairn, own, key, launches, quarantined: await quarantine(), launch, quarantine });
      expect(cairn.faults).toEqual([]);
    });
  } finally {
    await own.close();
  }
};
