import type { Handler } from './exchange.ts';
import { json } from './reply.ts';
import { VERSIONS } from './version.ts';

/** `GET about`: the versions that are spoken here; without credentials (AB-1). */
export const getAbout = (): Handler => async () => json({ version: VERSIONS });
