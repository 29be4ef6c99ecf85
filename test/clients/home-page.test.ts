import type { Page } from 'playwright-core';
import { cairnOfFile, withCairn } from '../http/start-cairn.ts';
import { browserOfTests, describeInBrowser } from './browser.ts';
import { TEXTS_OF_PAGE, type Text } from './texts-of-page.ts';

/** The text of a page as it would be read aloud. */
const mainOf = async (page: Page): Promise<string> =>
  ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ');

const faintTexts = async (page: Page): Promise<readonly Text[]> => {
  const texts = (await page.evaluate(TEXTS_OF_PAGE)) as readonly Text[];
  expect(texts.length).toBeGreaterThan(20);
  return texts.filter(({ contrast }) => contrast < 4.5);
};

describeInBrowser('the page at /', () => {
  const browser = browserOfTests();
  const file = cairnOfFile();

  it.each(['light', 'dark'] as const)(
    'can be read in %s colours, and loads nothing else',
    async (colorScheme) => {
      const { page, complaints, asked } = await browser.open(`${file.cairn.url}/`, { colorScheme });
      expect([complaints, asked]).toEqual([[], [`${file.cairn.url}/`]]);
      expect(await faintTexts(page)).toEqual([]);
      const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(ground).toBe(colorScheme === 'light' ? 'rgb(251, 250, 248)' : 'rgb(23, 24, 27)');
      expect(await mainOf(page)).toContain(`${file.cairn.url}/xapi`);
    },
  );

  it('tells who does not see it what is where', async () => {
    const { page } = await browser.open(`${file.cairn.url}/`);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.title()).toBe('Cairn: Ready');
    const parts = await page.locator('body').ariaSnapshot();
    expect(parts).toMatch(/^- banner:\n {2}- heading "Cairn" \[level=1\]/);
    const regions = [...parts.matchAll(/region "(.*)":\n +- heading "\1" \[level=2\]/g)].map(
      ([, name]) => name,
    );
    expect(regions).toEqual(['Health', 'Endpoint', 'Cairn’s own interface', 'To read']);
    expect(parts).toContain('- main:');
    expect(await page.locator('[tabindex], [style], script').count()).toBe(0);
  });

  it('can be walked through with the keyboard, and its links lead somewhere', async () => {
    const { page } = await browser.open(`${file.cairn.url}/`);
    const links = await page.locator('a').all();
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) {
      await page.keyboard.press('Tab');
      const href = (await link.getAttribute('href')) ?? '';
      expect(await page.evaluate("document.activeElement.getAttribute('href')")).toBe(href);
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
      const { status } = await fetch(new URL(href, file.cairn.url));
      expect([href, status]).toEqual([href, href.endsWith('/status') ? 401 : 200]);
    }
  });

  it('fits on a narrow screen and with letters twice as large', async () => {
    const { page } = await browser.open(`${file.cairn.url}/`, { viewport: { width: 320, height: 640 } });
    const overhang = 'document.documentElement.scrollWidth - window.innerWidth';
    expect(await page.evaluate(overhang)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 640, height: 640 });
    await page.evaluate("document.documentElement.style.setProperty('font-size', '200%')");
    expect(await page.evaluate(overhang)).toBeLessThanOrEqual(0);
  });

  it('says the same to who runs no scripts, and lets none be run', async () => {
    const { page } = await browser.open(`${file.cairn.url}/`, { javaScriptEnabled: false });
    expect(await mainOf(page)).toContain('Ready. The store writes durably.');
    const { page: other, complaints } = await browser.open(`${file.cairn.url}/`);
    await other.addScriptTag({ content: 'document.title = "run"' }).catch(() => undefined);
    await other.addStyleTag({ content: 'body { color: red }' }).catch(() => undefined);
    expect(await other.title()).toBe('Cairn: Ready');
    expect(complaints.filter((one) => one.includes('Content Security Policy'))).toHaveLength(2);
  });

  it('tells the truth when the store cannot write', async () => {
    const proveWritable = () => Promise.reject(new Error('read-only file system'));
    await withCairn({ services: (services) => ({ ...services, proveWritable }) }, async (cairn) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, complaints } = await browser.open(`${cairn.url}/`, { colorScheme });
        expect([await page.title(), complaints]).toEqual(['Cairn: Not ready', []]);
        const text = await mainOf(page);
        expect(text).toContain('Not ready. The store cannot write');
        expect(text).not.toContain('read-only');
        expect(await faintTexts(page)).toEqual([]);
      }
      expect((await fetch(`${cairn.url}/health/ready`)).status).toBe(503);
    });
  });
});
