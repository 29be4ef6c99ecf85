import type { Settings } from './settings.ts';

/** Whether a setting may be shown to an operator: whoever adds one has to say so here. */
const SHOWN: Readonly<Record<keyof Settings, 'shown' | 'secret'>> = {
  port: 'shown',
  host: 'shown',
  storage: 'shown',
  key: 'shown',
  secret: 'secret',
  publicUrl: 'shown',
  defaultVersion: 'shown',
  maxBody: 'shown',
  maxStatements: 'shown',
  maxStatement: 'shown',
  maxDepth: 'shown',
  maxAttachment: 'shown',
  pageSize: 'shown',
  maxPageSize: 'shown',
  ignoredParameters: 'shown',
  refusedLogins: 'shown',
  trustedProxies: 'shown',
  issuers: 'shown',
  apiOrigins: 'shown',
  forwarding: 'secret',
  tls: 'secret',
  logLevel: 'shown',
  metricsToken: 'secret',
  learningMetrics: 'shown',
  drainDelay: 'shown',
  drainTime: 'shown',
};

/** The settings without their secrets, of which only is told whether they are set (`'set'` or `null`). */
export const settingsInForce = (settings: Settings): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(SHOWN).map(([name, how]) => {
      const value = shownValue(settings[name as keyof Settings]);
      return [name, how === 'secret' && value !== null ? 'set' : value];
    }),
  );

/** An empty list is nothing that is set; a Map is shown as the object that it stands for. */
const shownValue = (value: unknown): unknown => {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  return JSON.parse(JSON.stringify(value, (_, one) => (one instanceof Map ? Object.fromEntries(one) : one)));
};
