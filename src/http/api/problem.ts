import type { Reason, Rejection } from '../../xapi/rejection.ts';
import type { Reply } from '../exchange.ts';
import { refusal } from '../reply.ts';

/** The answer to a rejection as RFC 9457 has it; `problems` are as those of the xAPI endpoint. */
export const problemReply = (rejection: Rejection): Reply => {
  const { status, headers } = refusal(rejection);
  const { reason, message, problems } = rejection;
  return {
    status,
    headers: { ...headers, 'Content-Type': PROBLEM },
    reason: rejection.reason,
    body: JSON.stringify({
      type: `urn:cairn:reason:${reason}`,
      title: titleOf(reason),
      status,
      detail: message,
      problems,
    }),
  };
};

export const PROBLEM = 'application/problem+json';

const titleOf = (reason: Reason): string => {
  const words = reason.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
