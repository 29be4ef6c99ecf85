import { hash } from 'node:crypto';

const common = { 'X-Frame-Options': 'DENY', 'Referrer-Policy': 'no-referrer' };

/** What stands on a page of ours: it runs nothing, loads nothing, and stands in no frame. */
export const pageHeaders = (style: string): Readonly<Record<string, string>> => ({
  ...common,
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${hash('sha256', style, 'base64')}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
});

/** What stands on whatever somebody sent, which may be a page too: opened in a browser it can do nothing. */
export const foreignHeaders: Readonly<Record<string, string>> = {
  ...common,
  'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
};
