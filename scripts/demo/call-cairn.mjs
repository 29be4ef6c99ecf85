import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { own } from '../commands/children.mjs';

/**
 * How the demonstration uses Cairn: as anybody would.
 * @typedef {ReturnType<typeof callCairn>} Cairn
 */

/**
 * @param {string} program
 * @param {string} data the folder of the store
 */
export const callCairn = (program, data) => ({
  /**
   * Runs a command and answers what it prints.
   * @param {readonly string[]} words
   */
  run: async (...words) => {
    const env = { ...process.env, CAIRN_STORAGE: `sqlite:${data}` };
    const child = own(
      spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    const texts = Promise.all([text(child.stdout), text(child.stderr)]);
    const [[code], [out, err]] = await Promise.all([once(child, 'close'), texts]);
    if (code !== 0) throw new Error(`cairn ${words.join(' ')} ended with ${code}:\n${out}${err}`);
    return out;
  },
});

/**
 * A client of `/api/v1`.
 * @param {URL} url
 * @param {{ readonly key: string, readonly secret: string }} credential
 */
export const apiClient = (url, { key, secret }) => {
  const headers = {
    Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
    'Content-Type': 'application/json',
  };
  const send = async (/** @type {string} */ path, /** @type {RequestInit} */ request) => {
    const response = await fetch(new URL(`api/v1/${path}`, url), { ...request, headers });
    const body = await response.text();
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${body}`);
    return JSON.parse(body);
  };
  return {
    get: (/** @type {string} */ path) => send(path, {}),
    post: (/** @type {string} */ path, /** @type {object} */ body) =>
      send(path, { method: 'POST', body: JSON.stringify(body) }),
  };
};
