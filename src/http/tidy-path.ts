import type { RequestHandler } from 'express';

/** Clients that glue paths together send doubled slashes and one at the end; they mean the path without (§4.1). */
export const tidyPath: RequestHandler = (request, _response, next) => {
  const { url } = request;
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  if (path.includes('//') || (path.length > 1 && path.endsWith('/'))) {
    const parts = path.split('/').filter((part) => part !== '');
    request.url = `/${parts.join('/')}${mark === -1 ? '' : url.slice(mark)}`;
  }
  next();
};
