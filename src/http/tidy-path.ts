import type { RequestHandler } from 'express';

/**
 * Clients that glue paths together send doubled slashes and one at the end; they mean the path without (§4.1).
 * Proxies may send the whole URL (RFC 9112 3.2.2).
 */
export const tidyPath: RequestHandler = (request, _response, next) => {
  const url = request.url.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const isTidy = url === request.url && !path.includes('//') && (path.length === 1 || !path.endsWith('/'));
  if (!isTidy) {
    const parts = path.split('/').filter((part) => part !== '');
    request.url = `/${parts.join('/')}${mark === -1 ? '' : url.slice(mark)}`;
  }
  next();
};
