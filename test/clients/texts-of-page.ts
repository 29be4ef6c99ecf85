/** A text of a page, and how well it stands out from what is behind it (WCAG 2.2, 1.4.3). */
export type Text = { readonly text: string; readonly contrast: number };

/** An expression for a page: all its texts. Not a function of ours: only a page has a `document`. */
export const TEXTS_OF_PAGE = `(() => {
  const rgb = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [red, green, blue] = rgb(colour).map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    if (element === null) return 'rgb(255, 255, 255)';
    const colour = getComputedStyle(element).backgroundColor;
    return rgb(colour)[3] === 0 ? ground(element.parentElement) : colour;
  };
  const holdsText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim() !== '');
  return [...document.querySelectorAll('body *')].filter(holdsText).map((element) => {
    const both = [light(getComputedStyle(element).color), light(ground(element))];
    return { text: element.textContent, contrast: (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05) };
  });
})()`;
