import { accessSync, constants, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const program = NAMES.flatMap((name) =>
  (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)),
).find(isProgram);

if (program === undefined && !process.env['CI'])
  console.warn(`No browser was driven: there is none of ${NAMES.join(', ')}.`);

/** Tests that need a browser; without one they are skipped, but never in CI. */
export const describeInBrowser = program === undefined && !process.env['CI'] ? describe.skip : describe;

/** What a page has: scripts by the paths of their files, and what runs before them. */
export type PageParts = {
  readonly scripts?: readonly string[];
  readonly before?: string;
  /** Behind the question mark of the page's address. */
  readonly query?: string;
  /** Whether the page stands nowhere, such as one in a player’s web view: its origin is `null`. */
  readonly isNowhere?: boolean;
};

/** Opens pages of an origin that is not Cairn's. */
export type Visit = (parts: PageParts) => Promise<Page>;

const htmlOf = ({ scripts = [], before = '' }: PageParts): string =>
  ['<!doctype html><meta charset="utf-8"><title>A course</title>', before, ...scripts.map(readScript)]
    .map((text, at) => (at === 0 ? text : `<script>${text}</script>`))
    .join('\n');

/** As the client's makers published it, but for what would end the element that it stands in. */
const readScript = (path: string): string => readFileSync(path, 'utf8').replaceAll('</script', '<\\/script');

type Site = { readonly server: Server; readonly origin: string };

/** Serves one page after the other, whichever was asked for last. */
const serveHtml = async (html: () => string): Promise<Site> => {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(html());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

/** A page of Cairn's own, whatever the browser had to say against it, and the URLs that it asked for. */
export type Opened = {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly asked: readonly string[];
};

/** Opens a page for a reader of a kind: with dark colours, without scripts, on a phone. */
export type Open = (url: string, reader?: BrowserContextOptions) => Promise<Opened>;

const openIn =
  (browser: Browser): Open =>
  async (url, reader = {}) => {
    const page = await (await browser.newContext(reader)).newPage();
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => void complaints.push(message.text()));
    page.on('pageerror', (error) => void complaints.push(String(error)));
    page.on('request', (request) => void asked.push(request.url()));
    await page.goto(url, { waitUntil: 'networkidle' });
    return { page, complaints, asked };
  };

/** One browser, and one site of another origin than Cairn's, for the tests of a `describe`. */
export const browserOfTests = (): { readonly visit: Visit; readonly open: Open } => {
  let opened: { readonly browser: Browser; readonly site: Site } | undefined;
  let html = '';
  beforeAll(async () => {
    // A browser that runs as root, as in a container, has no sandbox.
    const browser = await chromium.launch({ executablePath: program ?? 'chromium', args: ['--no-sandbox'] });
    const site = await serveHtml(() => html);
    opened = { browser, site };
  });
  afterAll(async () => {
    await opened?.browser.close();
    opened?.site.server.closeAllConnections();
    opened?.site.server.close();
  });
  return {
    open: async (url, reader) => {
      if (opened === undefined) throw new Error('A browser is there only while tests run.');
      return openIn(opened.browser)(url, reader);
    },
    visit: async (parts) => {
      if (opened === undefined) throw new Error('A browser is there only while tests run.');
      const page = await opened.browser.newPage();
      html = htmlOf(parts);
      if (parts.isNowhere === true) await page.setContent(html);
      else await page.goto(`${opened.site.origin}/?${parts.query ?? ''}`);
      return page;
    },
  };
};

/**
 * Runs a function in a page, or here when there is none. The function is sent as text, so it may use nothing but its
 * arguments, and these are sent as JSON; `library` is the name of the global that it is handed first.
 */
export const runIn = async <Library, Asked, Told>(
  page: Page,
  library: string,
  act: (library: Library, asked: Asked) => Promise<Told>,
  asked: Asked,
): Promise<Told> => (await page.evaluate(`(${act})(${library}, ${JSON.stringify(asked)})`)) as Told;
