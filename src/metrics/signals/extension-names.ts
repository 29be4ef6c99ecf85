/** Cairn's own names of extensions and their values; `specs/metrics.md` explains each. */
export const CAIRN_NAMES = {
  kind: 'urn:cairn:kind',
  start: 'urn:cairn:start',
  end: 'urn:cairn:end',
  due: 'urn:cairn:due',
  validUntil: 'urn:cairn:valid-until',
  level: 'urn:cairn:level',
  trials: 'urn:cairn:trials',
  setting: 'urn:cairn:setting',
  carriedOver: 'urn:cairn:carried-over',
  dateUnknown: 'urn:cairn:date-unknown',
} as const;

/** Extensions of profiles and tools that are read. */
export const FOREIGN_NAMES = {
  cmi5Session: 'https://w3id.org/xapi/cmi5/context/extensions/sessionid',
  videoSession: 'https://w3id.org/xapi/video/extensions/session-id',
  attempt: 'http://id.tincanapi.com/extension/attempt-id',
  openEdxAttempts: 'http://id.tincanapi.com/extension/attempts',
  observer: 'http://id.tincanapi.com/extension/observer',
  cmi5Progress: 'https://w3id.org/xapi/cmi5/result/extensions/progress',
  videoProgress: 'https://w3id.org/xapi/video/extensions/progress',
  gamesProgress: 'https://w3id.org/xapi/seriousgames/extensions/progress',
  tlaDue: 'https://w3id.org/xapi/tla/extensions/due_date',
  tlaExpiration: 'https://w3id.org/xapi/tla/extensions/expiration',
  tlaConfidence: 'https://w3id.org/xapi/tla/extensions/confidence',
  badge: 'http://specification.openbadges.org/xapi/extensions/badgeassertion',
} as const;
